package dev.skive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.codegen.build.ModelLoader;
import dev.skive.codegen.differential.RandomCase;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Relu;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.IntTensor;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import dev.skive.runtime.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a generated model treats its caller.
final class GeneratedModelTest {
    private static ModelLoader.Compiled compiled;

    private Model model;

    @BeforeAll
    static void compile() throws IOException {
        compiled =
                new ModelLoader.Compiled(
                        Codegen.generate(TinyEncoder.graph("tiny", 2), CodegenOptions.of("calls", "Tiny")));
    }

    @BeforeEach
    void load() {
        model = compiled.load(new ModelOptions(2, InstructionSet.VECTOR));
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static Map<String, Tensor> inputs(int batch, int sequence) {
        var ids = new long[batch * sequence];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (3L * i + 1) % TinyEncoder.VOCABULARY;
        }
        var inputs = new HashMap<String, Tensor>();
        inputs.put("input_ids", LongTensor.of(ids, batch, sequence));
        inputs.put("mask", FloatTensor.of(new float[ids.length], batch, sequence));
        return inputs;
    }

    private void refused(String input, Tensor tensor, String... words) {
        Map<String, Tensor> inputs = inputs(2, 3);
        inputs.put(input, tensor);
        assertThatThrownBy(() -> model.run(inputs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + input + "'")
                .hasMessageContainingAll(words);
        assertThat(model.run(inputs(2, 3))).containsOnlyKeys("last_hidden_state");
    }

    @Test
    void wrongRank() {
        refused("mask", FloatTensor.of(new float[6], 6), "f32[batch, sequence]", "1 axes", "[6]");
    }

    @Test
    void wrongSize() {
        refused("mask", FloatTensor.of(new float[8], 2, 4), "f32[batch, sequence]", "sequence = 3", "[2, 4]");
    }

    @Test
    void wrongType() {
        refused("input_ids", IntTensor.of(new int[6], 2, 3), "i64[batch, sequence]", "i32");
    }

    @Test
    void tokenOutsideTheVocabulary() {
        String limit = Integer.toString(TinyEncoder.VOCABULARY);
        refused("input_ids", LongTensor.of(new long[] {0, 1, 2, 3, 11, 5}, 2, 3), limit, "found 11", "position 4");
        refused("input_ids", LongTensor.of(new long[] {0, -12, 2, 3, 4, 5}, 2, 3), limit, "found -12", "position 1");
        refused("input_ids", LongTensor.of(new long[] {1L << 32, 0, 0, 0, 0, 0}, 2, 3), limit, "found 4294967296");
    }

    @Test
    void missingAndUnknownInputs() {
        Map<String, Tensor> missing = inputs(1, 2);
        missing.remove("mask");
        assertThatThrownBy(() -> model.run(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'mask'", "input_ids");
        Map<String, Tensor> unknown = inputs(1, 2);
        unknown.put("masc", FloatTensor.scalar(0));
        assertThatThrownBy(() -> model.run(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'masc'", "mask", "input_ids");
    }

    /// Sizes beyond arrays end in a message that names the input.
    @Test
    void tooLargeForArrays() {
        Map<String, Tensor> inputs = inputs(1, 2);
        inputs.put("input_ids", LongTensor.of(new long[0], 0, 1L << 40));
        inputs.put("mask", FloatTensor.of(new float[0], 0, 1L << 40));
        assertThatThrownBy(() -> model.run(inputs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'input_ids'", "1099511627776");
    }

    /// Indices that are computed are only known inside the network.
    @ParameterizedTest
    @EnumSource(
            value = InstructionSet.class,
            names = {"VECTOR", "SCALAR"})
    void computedIndexOutOfRange(InstructionSet set) throws IOException {
        var random = new RandomCase(1);
        Dim n = Dim.symbol("n");
        Value ids = random.input(ElementType.INT64, Shape.of(n), 0, 1);
        Value twice = random.apply(new Mul(), ids, ids);
        random.outputOf(new Gather(0), random.floats(10, 2), random.apply(new Cast(ElementType.INT32), twice));
        GeneratedModel generated = Codegen.generate(random.graph(), CodegenOptions.of("calls", "Computed"));
        try (Model other = ModelLoader.compile(generated, new ModelOptions(2, set))) {
            Map<String, Tensor> inputs = new HashMap<>();
            inputs.put("x0", LongTensor.of(new long[] {0, 1, 2, 4}, 4));
            inputs.put("x1", FloatTensor.of(new float[20], 10, 2));
            assertThatThrownBy(() -> other.run(inputs))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContainingAll("16", "[-10, 10)");
            inputs.put("x0", LongTensor.of(new long[] {0, 1, 2, 3}, 4));
            assertThat(other.run(inputs)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = InstructionSet.class,
            names = {"VECTOR", "SCALAR"})
    void concurrentCallsDoNotDisturbEachOther(InstructionSet set) throws InterruptedException, ExecutionException {
        int callers = 4;
        try (Model shared = compiled.load(new ModelOptions(2, set));
                var pool = Executors.newFixedThreadPool(callers)) {
            List<Map<String, Tensor>> expected = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                expected.add(shared.run(inputs(i + 1, 5 * i + 1)));
            }
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < callers; i++) {
                int caller = i;
                tasks.add(() -> {
                    boolean same = true;
                    for (int call = 0; call < 200; call++) {
                        same &= shared.run(inputs(caller + 1, 5 * caller + 1)).equals(expected.get(caller));
                    }
                    return same;
                });
            }
            for (var result : pool.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    /// Results stay what they are when the model runs again, and inputs are not written to.
    @Test
    void resultsBelongToTheCaller() {
        Map<String, Tensor> inputs = inputs(1, 4);
        Map<String, Tensor> first = model.run(inputs);
        float[] before = ((FloatTensor) first.getOrDefault("last_hidden_state", FloatTensor.scalar(0))).values();
        model.run(inputs(2, 9));
        assertThat(((FloatTensor) first.getOrDefault("last_hidden_state", FloatTensor.scalar(0))).values())
                .isEqualTo(before);
        assertThat(inputs).isEqualTo(inputs(1, 4));
        assertThat(model.run(inputs)).isEqualTo(first);
    }

    @Test
    void nothingRunsAfterClose() {
        model.close();
        assertThatThrownBy(() -> model.run(inputs(1, 2))).isInstanceOf(IllegalStateException.class);
        model.close();
        try (Model other = compiled.load(new ModelOptions(1, InstructionSet.VECTOR))) {
            assertThat(other.run(inputs(1, 2))).hasSize(1);
        }
    }

    @Test
    void describesItself() {
        assertThat(model.inputs())
                .extracting(Object::toString)
                .containsExactly("input_ids: i64[batch, sequence]", "mask: f32[batch, sequence]");
        assertThat(model.outputs())
                .extracting(Object::toString)
                .containsExactly("last_hidden_state: f32[batch, sequence, 32]");
        assertThat(model.instructionSet()).startsWith("vector");
    }

    /// Sizes that no type ties together have to fit when the model runs.
    @Test
    void sizesThatDoNotFitEachOther() throws IOException {
        var random = new RandomCase(1);
        Value x = random.floats(Dim.symbol("n"));
        Value y = random.floats(Dim.symbol("m"));
        random.outputOf(new Mul(), x, y);
        random.outputOf(new MatMul(), x, y);
        GeneratedModel generated = Codegen.generate(random.graph(), CodegenOptions.of("calls", "Fitting"));
        try (Model other = ModelLoader.compile(generated, new ModelOptions(1, InstructionSet.SCALAR))) {
            Tensor three = FloatTensor.of(new float[] {1, 2, 3}, 3);
            assertThat(other.run(Map.of("x0", three, "x1", three))).hasSize(2);
            assertThatThrownBy(() -> other.run(Map.of("x0", three, "x1", FloatTensor.of(new float[2], 2))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("3", "2");
        }
    }

    @Test
    void unsupportedIsRefusedWhenGenerated() {
        var random = new RandomCase(1);
        for (int i = 0; i < 300; i++) {
            random.outputOf(new Relu(), random.input(ElementType.FLOAT32, Shape.of(2), 0, 1));
        }
        assertThatThrownBy(() -> Codegen.generate(random.graph(), CodegenOptions.of("calls", "Many")))
                .isInstanceOf(SkiveException.class)
                .hasMessageContainingAll("300", "inputs");
    }
}
