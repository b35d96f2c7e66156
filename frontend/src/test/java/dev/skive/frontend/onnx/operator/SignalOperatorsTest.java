package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Transforms and windows of signals against ONNX Runtime.
class SignalOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(512);

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.of(1, 2, 3, 7, 8, 16, 30, 64, 128, 256);
    }

    private static TestModel model(int opset, boolean symbolic, Tensor x) {
        var model = new TestModel(opset).input("x", x.element(), declared(symbolic, "x", x.sizes()));
        model.proto().setIrVersion(9);
        return model;
    }

    @Property(tries = 100)
    void transforms(
            @ForAll("lengths") int length,
            @ForAll boolean complex,
            @ForAll boolean inverse,
            @ForAll boolean old,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        boolean flag = random.random().nextBoolean();
        Tensor x = random.floats(2, length, 3, complex ? 2 : 1);
        boolean onesided = flag && !complex && !inverse;
        boolean symbolic = seed % 4 == 0;
        var model =
                new TestModel(old ? 17 : 20)
                        .input(
                                "x",
                                ElementType.FLOAT32,
                                symbolic ? "b" : 2,
                                symbolic ? "n" : length,
                                3,
                                complex ? 2 : 1)
                        .constant("axis", TensorData.scalar(ElementType.INT64, -3));
        model.proto().setIrVersion(9);
        var sided = integer("onesided", onesided ? 1 : 0);
        var turned = integer("inverse", inverse ? 1 : 0);
        if (old) {
            model.node("DFT", "x", "y", sided, turned, integer("axis", 1));
        } else {
            model.node("DFT", "x,,axis", "y", sided, turned);
        }
        CHECK.check(model.output("y"), Map.of("x", x), 17);
    }

    /// Where ONNX Runtime multiplies angles in float32, held against the sum in double.
    @Property(tries = 30)
    void transformsAnyLength(@ForAll @IntRange(min = 1, max = 500) int length, @ForAll long seed) throws IOException {
        Tensor x = new RandomTensors(seed).floats(1, length, 2);
        Path file = Files.createTempFile("skive-test", ".onnx");
        try {
            Path written = model(20, false, x).node("DFT", "x", "y").output("y").write(file);
            Graph graph = new OnnxImporter().read(written);
            Tensor found =
                    Objects.requireNonNull(new Interpreter(Precision.DECLARED).run(graph, Map.of("x", x)).get("y"));
            var spectrum = new double[2 * length];
            for (int k = 0; k < length; k++) {
                for (int j = 0; j < length; j++) {
                    double angle = -2 * Math.PI * ((long) j * k % length) / length;
                    double re = x.reals()[2 * j];
                    double im = x.reals()[2 * j + 1];
                    spectrum[2 * k] += re * Math.cos(angle) - im * Math.sin(angle);
                    spectrum[2 * k + 1] += re * Math.sin(angle) + im * Math.cos(angle);
                }
            }
            Tensor expected = Tensor.ofReals(ElementType.FLOAT32, spectrum, 1, length, 2);
            new RoundTrip(64).compare("transform of " + length, Map.of("y", expected), Map.of("y", found));
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 40)
    void transformsOfOtherLengths(
            @ForAll @IntRange(min = 1, max = 40) int length, @ForAll boolean complex, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(2, 17, complex ? 2 : 1);
        var model =
                model(20, false, x)
                        .constant("length", TensorData.scalar(ElementType.INT64, length))
                        .node("DFT", "x,length", "y")
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 60)
    void transformsFrames(
            @ForAll boolean windowed,
            @ForAll boolean onesided,
            @ForAll @IntRange(min = 1, max = 20) int length,
            @ForAll @IntRange(min = 1, max = 9) int step,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 41, 1);
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, declared(seed % 3 == 0, "x", 2, 41)[0], 41, 1)
                        .constant("step", TensorData.scalar(ElementType.INT64, step))
                        .constant("length", TensorData.scalar(ElementType.INT64, length));
        Tensor window = random.floats(length);
        Map<String, Tensor> inputs = windowed ? Map.of("x", x, "w", window) : Map.of("x", x);
        if (windowed) {
            model.input("w", ElementType.FLOAT32, length);
        }
        model.node(
                        "STFT",
                        windowed ? (seed % 2 == 0 ? "x,step,w" : "x,step,w,length") : "x,step,,length",
                        "y",
                        integer("onesided", onesided ? 1 : 0))
                .output("y");
        CHECK.check(model, inputs, 17);
    }

    @Property(tries = 40)
    void windows(
            @ForAll @IntRange(min = 2, max = 30) int size,
            @ForAll boolean periodic,
            @ForAll boolean symbolic,
            @ForAll boolean wide) {
        Tensor x = new RandomTensors(1).floats(size);
        var model = model(17, symbolic, x).node("Shape", "x", "shape").longs("zero", 0);
        model.node("Squeeze", "shape,zero", "size");
        var attributes =
                new AttributeProto[] {integer("periodic", periodic ? 1 : 0), integer("output_datatype", wide ? 11 : 1)};
        model.node("HannWindow", "size", "a", attributes)
                .node("HammingWindow", "size", "b", attributes)
                .node("BlackmanWindow", "size", "c", attributes)
                .output("a", "b", "c");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 40)
    void weighsMels(
            @ForAll @IntRange(min = 1, max = 40) int bands,
            @ForAll @IntRange(min = 8, max = 600) int length,
            @ForAll @IntRange(min = 0, max = 300) int low,
            @ForAll @IntRange(min = 2000, max = 7900) int high) {
        Tensor x = new RandomTensors(1).floats(1);
        var model =
                model(17, false, x)
                        .constant("bands", TensorData.scalar(ElementType.INT64, bands))
                        .constant("length", TensorData.scalar(ElementType.INT64, length))
                        .constant("rate", TensorData.scalar(ElementType.INT64, 16_000))
                        .constant("low", TensorData.scalar(ElementType.FLOAT32, low))
                        .constant("high", TensorData.scalar(ElementType.FLOAT32, high))
                        .node("MelWeightMatrix", "bands,length,rate,low,high", "m")
                        .node("Add", "m,x", "y")
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }
}
