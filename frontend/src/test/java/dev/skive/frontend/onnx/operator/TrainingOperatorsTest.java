package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Optimizers against the formulas of the standard, in double; ONNX Runtime has no kernels for them.
class TrainingOperatorsTest {
    private static final double RATE = 0.1f;
    private static final double PENALTY = 0.01f;
    private static final double EPSILON = 1e-3f;

    private static Map<String, Tensor> run(TestModel model, Map<String, Tensor> inputs) throws IOException {
        Path folder = Files.createTempDirectory("skive-test");
        Path file = model.write(folder.resolve("model.onnx"));
        try {
            return new Interpreter(Precision.DECLARED).run(new OnnxImporter().read(file), inputs);
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    /// The results for one tensor of each kind.
    private static List<double[]> results(String type, long step, List<double[]> values, AttributeProto... attributes)
            throws IOException {
        var model = new TestModel(17).domain("ai.onnx.preview.training");
        Map<String, Tensor> inputs = new HashMap<>();
        model.constant("r", Tensor.ofReals(ElementType.FLOAT32, new double[] {RATE}).toData());
        model.constant("t", Tensor.ofIntegers(ElementType.INT64, new long[] {step}).toData());
        var operands = new StringBuilder("r,t");
        for (int i = 0; i < values.size(); i++) {
            model.input("v" + i, ElementType.FLOAT32, "n");
            inputs.put("v" + i, Tensor.ofReals(ElementType.FLOAT32, values.get(i), values.get(i).length));
            operands.append(",v").append(i);
        }
        List<String> names = List.of("a", "b", "c").subList(0, values.size() - 1);
        model.nodes("ai.onnx.preview.training:" + type, operands.toString(), names, attributes);
        model.output(names.toArray(String[]::new));
        var outputs = run(model, inputs);
        return names.stream().map(name -> Objects.requireNonNull(outputs.get(name)).reals()).toList();
    }

    private static List<double[]> values(long seed, int count) {
        var random = new RandomTensors(seed);
        return IntStream.range(0, count).mapToObj(i -> random.floatsBetween(0.1, 1, 3).reals()).toList();
    }

    private static void near(double found, double expected) {
        assertThat(found).isCloseTo(expected, within(0x1p-20 * Math.max(1, Math.abs(expected))));
    }

    @Property(tries = 20)
    void adagrad(@ForAll @IntRange(max = 3) int step, @ForAll long seed) throws IOException {
        var v = values(seed, 3);
        var y =
                results(
                        "Adagrad",
                        step,
                        v,
                        real("decay_factor", 0.5f),
                        real("epsilon", (float) EPSILON),
                        real("norm_coefficient", (float) PENALTY));
        for (int i = 0; i < 3; i++) {
            double g = v.get(1)[i] + PENALTY * v.get(0)[i];
            double squares = v.get(2)[i] + g * g;
            near(y.get(1)[i], squares);
            near(y.get(0)[i], v.get(0)[i] - RATE / (1 + 0.5 * step) * g / (Math.sqrt(squares) + EPSILON));
        }
    }

    @Property(tries = 20)
    void adam(@ForAll @IntRange(max = 3) int step, @ForAll long seed) throws IOException {
        var v = values(seed, 4);
        var y =
                results(
                        "Adam",
                        step,
                        v,
                        real("alpha", 0.75f),
                        real("beta", 0.875f),
                        real("epsilon", (float) EPSILON),
                        real("norm_coefficient", (float) PENALTY),
                        real("norm_coefficient_post", 0.25f));
        for (int i = 0; i < 3; i++) {
            double g = v.get(1)[i] + PENALTY * v.get(0)[i];
            double mean = 0.75 * v.get(2)[i] + 0.25 * g;
            double squares = 0.875 * v.get(3)[i] + 0.125 * g * g;
            double rate = step > 0 ? RATE * Math.sqrt(1 - Math.pow(0.875, step)) / (1 - Math.pow(0.75, step)) : RATE;
            near(y.get(1)[i], mean);
            near(y.get(2)[i], squares);
            near(y.get(0)[i], 0.75 * (v.get(0)[i] - rate * mean / (Math.sqrt(squares) + EPSILON)));
        }
    }

    @Property(tries = 20)
    void momentum(@ForAll @IntRange(max = 3) int step, @ForAll boolean nesterov, @ForAll long seed) throws IOException {
        var v = values(seed, 3);
        var y =
                results(
                        "Momentum",
                        step,
                        v,
                        real("alpha", 0.75f),
                        real("beta", 0.5f),
                        text("mode", nesterov ? "nesterov" : "standard"),
                        real("norm_coefficient", (float) PENALTY));
        for (int i = 0; i < 3; i++) {
            double g = v.get(1)[i] + PENALTY * v.get(0)[i];
            double moved = 0.75 * v.get(2)[i] + (step > 0 ? 0.5 : 1) * g;
            near(y.get(1)[i], moved);
            near(y.get(0)[i], v.get(0)[i] - RATE * (nesterov ? g + 0.75 * moved : moved));
        }
    }
}
