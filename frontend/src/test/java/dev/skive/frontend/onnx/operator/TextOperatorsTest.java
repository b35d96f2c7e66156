package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.reals;
import static dev.skive.frontend.onnx.TestModel.text;
import static dev.skive.frontend.onnx.TestModel.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;

/// Operators on text against ONNX Runtime.
final class TextOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(4);
    private static final int OPSET = 21;

    private static Tensor words(long[] sizes, String... words) {
        return Tensor.ofText(ImmutableList.copyOf(words), sizes);
    }

    private static Tensor words(String... words) {
        return words(new long[] {words.length}, words);
    }

    private static void run(String type, List<String> results, List<Tensor> operands, AttributeProto... attributes) {
        for (boolean symbolic : new boolean[] {false, true}) {
            var model = new TestModel(OPSET);
            model.proto().setIrVersion(10);
            var inputs = ImmutableMap.<String, Tensor>builder();
            for (int i = 0; i < operands.size(); i++) {
                Tensor operand = operands.get(i);
                Object[] sizes = RandomTensors.declared(symbolic, "x" + i, operand.sizes());
                for (int axis = 0; axis < sizes.length; axis++) {
                    // Some operators of ORT ask for sizes of 1.
                    sizes[axis] = operand.sizes()[axis] == 1 ? (Object) 1 : sizes[axis];
                }
                model.input("x" + i, operand.element(), sizes);
                inputs.put("x" + i, operand);
            }
            String names = String.join(",", inputs.buildOrThrow().keySet());
            model.nodes(type, names, results, attributes).output(results.toArray(String[]::new));
            CHECK.check(model, inputs.buildOrThrow());
        }
    }

    private static void one(String type, List<Tensor> operands, AttributeProto... attributes) {
        run(type, List.of("y"), operands, attributes);
    }

    @Example
    void concat() {
        one("StringConcat", List.of(words("a", "", "ü"), words("b", "", "😀")));
        one("StringConcat", List.of(words(new long[] {2, 1}, "a", "b"), words("x", "y", "z")));
        one("StringConcat", List.of(words(new long[] {}, "a"), words(new long[] {0, 2})));
    }

    @Example
    void split() {
        List<String> results = List.of("y", "z");
        Tensor x = words("a b  c", "", " lead", "trail ", "one", "a,b,,c", ",", "ä,ö");
        for (String delimiter : List.of("", ",", " ", "b,", ",,")) {
            run("StringSplit", results, List.of(x), text("delimiter", delimiter));
            for (int most : new int[] {0, 1, 2, 9}) {
                run("StringSplit", results, List.of(x), text("delimiter", delimiter), integer("maxsplit", most));
            }
        }
        run("StringSplit", results, List.of(x));
        run("StringSplit", results, List.of(words(new long[] {2, 1}, "a b", "c")));
        run("StringSplit", results, List.of(words(new long[] {0})));
        run("StringSplit", results, List.of(words("", "")));
    }

    /// ORT splits at blanks only.
    @Example
    void splitAtAnyWhiteSpace() throws IOException {
        var model = new TestModel(OPSET).input("x", ElementType.STRING, "n");
        model.nodes("StringSplit", "x", List.of("y", "z")).output("y", "z");
        Path file = Files.createTempFile("skive-test", ".onnx");
        try {
            Map<String, Tensor> found =
                    new Interpreter(Precision.DECLARED)
                            .run(new OnnxImporter().read(model.write(file)), Map.of("x", words("\ta\n b", " ", "c")));
            assertThat(found.get("y")).isEqualTo(words(new long[] {3, 2}, "a", "b", "", "", "c", ""));
            Tensor counts = Tensor.ofIntegers(ElementType.INT64, new long[] {2, 0, 1}, 3);
            assertThat(found.get("z")).isEqualTo(counts);
        } finally {
            Files.delete(file);
        }
    }

    @Example
    void normalize() {
        Tensor x = words("Monday", "tuesday", "", "x y", "MONDAY", "monday");
        for (String change : List.of("LOWER", "UPPER", "NONE")) {
            for (int sensitive = 0; sensitive < 2; sensitive++) {
                AttributeProto action = text("case_change_action", change);
                AttributeProto isSensitive = integer("is_case_sensitive", sensitive);
                // The only locale that every machine has.
                AttributeProto locale = text("locale", "C");
                one("StringNormalizer", List.of(x), action, locale, isSensitive);
                one("StringNormalizer", List.of(x), action, locale, isSensitive, texts("stopwords", "monday", ""));
                one(
                        "StringNormalizer",
                        List.of(words("a", "A")),
                        action,
                        locale,
                        isSensitive,
                        texts("stopwords", "a", "A"));
                one("StringNormalizer", List.of(words(new long[] {1, 3}, "a", "b", "c")), action, locale, isSensitive);
            }
        }
    }

    @Example
    void fullMatch() {
        Tensor x = words(new long[] {2, 3}, "www.google.com", "", "a\nb", "ä", "AAA", "a.b");
        for (String pattern : List.of("www\\.[\\w.-]+\\.\\bcom\\b", ".*", "a*", "[^a]", "(a|A)+", "a.b", "")) {
            one("RegexFullMatch", List.of(x), text("pattern", pattern));
        }
        one("RegexFullMatch", List.of(words(new long[] {0})), text("pattern", "a"));
    }

    @Example
    void numbersAsText() {
        double[] reals = {
            0,
            -0.0,
            1,
            -1.5,
            0.1f,
            1e10,
            1e-10,
            123456789,
            3.14159274,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            1e38,
            1e-38,
            100000,
            1234567,
            99999999
        };
        double[] floats = Arrays.stream(reals).map(value -> (float) value).toArray();
        AttributeProto toText = integer("to", OnnxTypes.number(ElementType.STRING));
        one("Cast", List.of(Tensor.ofReals(ElementType.FLOAT32, floats, floats.length)), toText);
        one("Cast", List.of(Tensor.ofReals(ElementType.FLOAT64, reals, reals.length)), toText);
        long[] integers = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE};
        one("Cast", List.of(Tensor.ofIntegers(ElementType.INT64, integers, 2, 2)), toText);
        one("Cast", List.of(Tensor.ofIntegers(ElementType.UINT8, new long[] {0, 200}, 2)), toText);
        one("Cast", List.of(Tensor.ofIntegers(ElementType.BOOL, new long[] {0, 1}, 2)), toText);
    }

    @Example
    void textAsNumbers() {
        Tensor reals = words("0", "-1.5", "1e10", "+3", "NaN", "INF", "-INF", "inf", "0.1", "1e-3");
        for (ElementType element : List.of(ElementType.FLOAT32, ElementType.FLOAT64)) {
            one("Cast", List.of(reals), integer("to", OnnxTypes.number(element)));
        }
        for (ElementType element : List.of(ElementType.INT64, ElementType.INT32)) {
            one("Cast", List.of(words("0", "-12", "7")), integer("to", OnnxTypes.number(element)));
        }
    }

    @Example
    void frequencies() {
        for (String mode : List.of("TF", "IDF", "TFIDF")) {
            for (int skips = 0; skips < 3; skips++) {
                one(
                        "TfIdfVectorizer",
                        List.of(words("b", "a", "c", "a", "b", "")),
                        text("mode", mode),
                        integer("min_gram_length", 1),
                        integer("max_gram_length", 2),
                        integer("max_skip_count", skips),
                        integers("ngram_counts", 0, 3),
                        integers("ngram_indexes", 0, 1, 3, 2, 4),
                        texts("pool_strings", "a", "b", "", "a", "b", "c", "a"),
                        reals("weights", 1, 2, 0.5f, 3, 0.25f));
            }
        }
    }

    @Example
    void moves() {
        Tensor x = words(new long[] {2, 3}, "a", "b", "", "d", "ä", "f");
        Tensor places = Tensor.ofIntegers(ElementType.INT64, new long[] {2, 0, -1}, 3);
        Tensor mask = Tensor.ofIntegers(ElementType.BOOL, new long[] {1, 0, 1}, 3);
        one("Equal", List.of(x, words("a", "ä", "f")));
        one("Where", List.of(mask, x, words(new long[] {}, "z")));
        one("Concat", List.of(x, x), integer("axis", 1));
        one("Gather", List.of(x, places), integer("axis", 1));
        one("GatherElements", List.of(words("a", "b", "c"), places), integer("axis", 0));
        one("Transpose", List.of(x));
        one("Flatten", List.of(x));
        one("Identity", List.of(x));
        one("Shape", List.of(x));
        one("Size", List.of(x));
        run("Split", List.of("p", "q"), List.of(words("a", "b", "c", "d")), integer("num_outputs", 2));
    }
}
