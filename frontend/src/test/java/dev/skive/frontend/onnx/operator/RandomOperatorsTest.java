package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.OrtSession;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random numbers: ORT draws others, so only type, shape and statistics can agree. Five standard deviations are allowed.
class RandomOperatorsTest {
    private static final int COUNT = 20_000;
    private static final double SIGMAS = 5 / Math.sqrt(COUNT);

    @TempDir private Path folder;

    private Function<String, Tensor> run(TestModel model, Map<String, Tensor> inputs) throws IOException {
        Path file = model.write(folder.resolve("model.onnx"));
        var graph = new OnnxImporter().read(file);
        Map<String, Tensor> drawn = new Interpreter(Precision.DECLARED).run(graph, inputs);
        Function<String, Tensor> found = name -> Objects.requireNonNull(drawn.get(name));
        Map<String, Tensor> ort = OrtSession.run(file, inputs);
        ort.forEach((name, tensor) -> assertThat(found.apply(name).type()).isEqualTo(tensor.type()));
        // What is written are formulas: another engine draws the same numbers.
        Path written = folder.resolve("written.onnx");
        new OnnxExporter(ExportOptions.DEFAULT.withTargetOpset(18)).write(graph, written);
        OrtSession.run(written, inputs).forEach((name, tensor) -> assertClose(found.apply(name), tensor));
        return found;
    }

    private static void assertClose(Tensor found, Tensor expected) {
        assertThat(found.integers()).isEqualTo(expected.integers());
        for (int i = 0; i < found.reals().length; i++) {
            assertThat(found.reals()[i]).isCloseTo(expected.reals()[i], within(1e-6));
        }
    }

    private static double mean(Tensor tensor) {
        return tensor.element().isReal()
                ? Arrays.stream(tensor.reals()).average().orElseThrow()
                : Arrays.stream(tensor.integers()).average().orElseThrow();
    }

    private static double deviation(Tensor tensor) {
        double mean = mean(tensor);
        return Math.sqrt(Arrays.stream(tensor.reals()).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    }

    @Test
    void uniform() throws IOException {
        var model =
                new TestModel(15)
                        .node("RandomUniform", "", "a", integers("shape", COUNT), real("low", -1), real("high", 3))
                        .node("RandomUniform", "", "b", integers("shape", COUNT))
                        .node("RandomUniform", "", "c", integers("shape", COUNT), real("seed", 7))
                        .node("RandomUniform", "", "d", integers("shape", 2, COUNT / 2), real("seed", 7))
                        .output("a", "b", "c", "d");
        Function<String, Tensor> found = run(model, Map.of());
        assertThat(Arrays.stream(found.apply("a").reals()).allMatch(x -> x >= -1 && x <= 3)).isTrue();
        assertThat(mean(found.apply("a"))).isCloseTo(1, within(4 * SIGMAS));
        assertThat(deviation(found.apply("a"))).isCloseTo(4 / Math.sqrt(12), within(4 * SIGMAS));
        assertThat(found.apply("b").reals()).isNotEqualTo(found.apply("c").reals());
        assertThat(found.apply("d").reals()).isEqualTo(found.apply("c").reals());
    }

    @Test
    void normal() throws IOException {
        AttributeProto type = integer("dtype", OnnxTypes.number(ElementType.FLOAT64));
        var model =
                new TestModel(15)
                        .input("x", ElementType.FLOAT32, "n", 2)
                        .node("RandomNormalLike", "x", "a", real("mean", 3), real("scale", 2))
                        .node("RandomNormal", "", "b", integers("shape", COUNT), type)
                        .node("RandomUniformLike", "x", "c", type)
                        .output("a", "b", "c");
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, new double[COUNT], COUNT / 2, 2);
        Function<String, Tensor> found = run(model, Map.of("x", x));
        assertThat(mean(found.apply("a"))).isCloseTo(3, within(2 * SIGMAS));
        assertThat(deviation(found.apply("a"))).isCloseTo(2, within(2 * SIGMAS));
        assertThat(mean(found.apply("b"))).isCloseTo(0, within(SIGMAS));
        assertThat(Arrays.stream(found.apply("b").reals()).filter(v -> Math.abs(v) < 1).count() / (double) COUNT)
                .isCloseTo(0.6827, within(SIGMAS));
        assertThat(Arrays.stream(found.apply("c").reals()).allMatch(v -> v >= 0 && v < 1)).isTrue();
    }

    @Test
    void classes() throws IOException {
        AttributeProto type = integer("dtype", OnnxTypes.number(ElementType.INT64));
        var model =
                new TestModel(15)
                        .input("p", ElementType.FLOAT32, "n")
                        .input("logs", ElementType.FLOAT32, "b", 2)
                        .node("Bernoulli", "p", "a")
                        .node("Bernoulli", "p", "b", type)
                        .node("Multinomial", "logs", "c", integer("sample_size", COUNT))
                        .node("Multinomial", "logs", "d", type)
                        .output("a", "b", "c", "d");
        var quarter = new double[COUNT];
        Arrays.fill(quarter, 0.25);
        double[] logs = {0, Math.log(3)};
        Function<String, Tensor> found =
                run(
                        model,
                        Map.of(
                                "p", Tensor.ofReals(ElementType.FLOAT32, quarter, COUNT),
                                "logs", Tensor.ofReals(ElementType.FLOAT32, logs, 1, 2)));
        assertThat(mean(found.apply("a"))).isCloseTo(0.25, within(SIGMAS));
        assertThat(mean(found.apply("b"))).isCloseTo(0.25, within(SIGMAS));
        assertThat(Arrays.stream(found.apply("c").integers()).allMatch(v -> v == 0 || v == 1)).isTrue();
        assertThat(mean(found.apply("c"))).isCloseTo(0.75, within(SIGMAS));
    }

    @Test
    void dropoutInTraining() throws IOException {
        var model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "n")
                        .input("mode", ElementType.BOOL)
                        .constant("ratio", TensorData.scalar(ElementType.FLOAT32, 0.25))
                        .constant("on", TensorData.scalar(ElementType.BOOL, 1))
                        .nodes("Dropout", "x,ratio,on", List.of("a", "kept"), integer("seed", 3))
                        .nodes("Dropout", "x,,mode", List.of("b", "all"))
                        .output("a", "kept", "b", "all");
        var ones = new double[COUNT];
        Arrays.fill(ones, 1);
        for (long mode : new long[] {0, 1}) {
            Function<String, Tensor> found =
                    run(
                            model,
                            Map.of(
                                    "x", Tensor.ofReals(ElementType.FLOAT32, ones, COUNT),
                                    "mode", Tensor.ofIntegers(ElementType.BOOL, new long[] {mode})));
            double[] values = found.apply("a").reals();
            for (int i = 0; i < COUNT; i++) {
                assertThat(values[i]).isEqualTo(found.apply("kept").integers()[i] == 1 ? (float) (1 / 0.75) : 0);
            }
            assertThat(mean(found.apply("kept"))).isCloseTo(0.75, within(SIGMAS));
            assertThat(mean(found.apply("all"))).isCloseTo(mode == 1 ? 0.5 : 1, within(SIGMAS));
        }
    }
}
