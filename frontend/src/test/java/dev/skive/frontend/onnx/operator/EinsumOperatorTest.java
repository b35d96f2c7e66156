package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `Einsum` against ONNX Runtime.
class EinsumOperatorTest {
    private static final RoundTrip CHECK = new RoundTrip(256);
    private static final String LETTERS = "abcdef";

    private static void check(String equation, List<long[]> shapes, boolean symbolic, RandomTensors random) {
        check(equation, shapes, symbolic, random, ElementType.FLOAT32);
    }

    private static void check(
            String equation, List<long[]> shapes, boolean symbolic, RandomTensors random, ElementType element) {
        var model = new TestModel(12);
        Map<String, Tensor> inputs = new HashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            Tensor x = element.isReal() ? random.floats(shapes.get(i)) : random.integers(element, -9, 9, shapes.get(i));
            inputs.put("x" + i, x);
            model.input("x" + i, element, RandomTensors.declared(symbolic, "x" + i + "_", x.sizes()));
        }
        model.node(
                "Einsum",
                String.join(",", inputs.keySet().stream().sorted().toList()),
                "y",
                text("equation", equation));
        CHECK.check(model.output("y"), inputs, 13);
    }

    private static List<long[]> shapes(String text) {
        var shapes = new ArrayList<long[]>();
        for (String shape : text.split(";", -1)) {
            shapes.add(
                    shape.isEmpty()
                            ? new long[0]
                            : List.of(shape.split(" ")).stream().mapToLong(Long::parseLong).toArray());
        }
        return shapes;
    }

    @ParameterizedTest
    @CsvSource({
        "'ij,jk->ik', '3 4;4 5'",
        "'ij,jk', '3 4;4 5'",
        "'ba', '3 4'",
        "'ij->ji', '3 4'",
        "'ij->', '3 4'",
        "'i,i->', '4;4'",
        "'i,j->ij', '4;3'",
        "'i,i->i', '4;4'",
        "'ii->i', '4 4'",
        "'ii', '4 4'",
        "'bii->b', '2 4 4'",
        "'iji->j', '4 2 4'",
        "'iijj->ij', '3 3 2 2'",
        "'iii->i', '3 3 3'",
        "'bhid,bhjd->bhij', '2 3 4 5;2 3 6 5'",
        "'bihd,bjhd->bhij', '2 4 3 5;2 6 3 5'",
        "'bhwc,hkc->bhwk', '2 3 4 5;3 6 5'",
        "'...ij,...jk->...ik', '2 1 3 4;2 5 4 2'",
        "'...ij,...jk', '2 1 3 4;2 5 4 2'",
        "'i...j->j...i', '2 3 4 5'",
        "'...->...', '2 3'",
        "'...i->...', '2 3'",
        "'...,...->...', '2 3;2 1'",
        "'ab,bc,cd->ad', '2 3;3 4;4 5'",
        "'ab,bc,cd,de->e', '2 3;3 4;4 5;5 2'",
        "'abc,cd,def->fb', '2 3 4;4 5;5 2 3'",
        "'a,b,c->cab', '2;3;4'",
        "',ij->ij', ';3 4'",
        "'ab,cd->', '2 3;4 2'",
        "'ij,jk->ik', '3 0;0 5'",
        "'ij,jk->ik', '0 2;2 5'",
        "'aB,Bc->ac', '2 3;3 4'",
        "' i j , j k -> i k ', '3 4;4 5'"
    })
    void evaluates(String equation, String sizes) {
        for (boolean symbolic : new boolean[] {false, true}) {
            if (!symbolic || !equation.contains("...")) {
                check(equation, shapes(sizes), symbolic, new RandomTensors(1));
            }
        }
        check(equation, shapes(sizes), false, new RandomTensors(2), ElementType.INT64);
    }

    @Provide
    Arbitrary<List<String>> terms() {
        return Arbitraries.strings().withChars(LETTERS).ofMaxLength(4).list().ofMinSize(1).ofMaxSize(3);
    }

    /// Any labels, repeated ones too, and any of them in the result.
    @Property(tries = 100)
    void evaluatesAnything(@ForAll("terms") List<String> terms, @ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var sizes = random.random().longs(LETTERS.length(), 1, 5).toArray();
        var shapes = new ArrayList<long[]>();
        var result = new StringBuilder();
        for (String term : terms) {
            shapes.add(term.chars().mapToLong(letter -> sizes[LETTERS.indexOf(letter)]).toArray());
            term.chars()
                    .filter(letter -> result.indexOf(Character.toString(letter)) < 0 && random.random().nextBoolean())
                    .forEach(letter -> result.insert(0, (char) letter));
        }
        check(String.join(",", terms) + "->" + result, shapes, symbolic, random);
    }

    /// ONNX Runtime refuses ellipses of different ranks; they broadcast, as in NumPy.
    @Example
    void broadcastsEllipses() throws IOException {
        var random = new RandomTensors(5);
        Map<String, Tensor> inputs = Map.of("a", random.floats(2, 3), "b", random.floats(3));
        Path file = Files.createTempFile("skive-test", ".onnx");
        try {
            var model = new TestModel(12).input("a", ElementType.FLOAT32, 2, 3).input("b", ElementType.FLOAT32, 3);
            model.node("Einsum", "a,b", "y", text("equation", "...,...")).node("Mul", "a,b", "z").output("y", "z");
            var results = new Interpreter(Precision.DECLARED).run(new OnnxImporter().read(model.write(file)), inputs);
            assertThat(results.get("y")).isEqualTo(results.get("z"));
        } finally {
            Files.delete(file);
        }
    }

    @Example
    void refusesWrongEquations() throws IOException {
        Path file = Files.createTempFile("skive-test", ".onnx");
        try {
            for (String equation : new String[] {"ij,jk->ik", "ijk->i", "ij->ii", "ij->k", "i1->i", "i.->i"}) {
                var model = new TestModel(12).input("x", ElementType.FLOAT32, 3, 4);
                model.node("Einsum", "x", "y", text("equation", equation)).output("y").write(file);
                assertThatThrownBy(() -> new OnnxImporter().read(file))
                        .as(equation)
                        .isInstanceOf(SkiveException.class)
                        .hasMessageContaining("equation");
            }
        } finally {
            Files.delete(file);
        }
    }
}
