package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Conversions to and from types of at most 8 bits, and of numbers that the target cannot hold.
class NarrowTypesTest {
    private static final RoundTrip EXACT = new RoundTrip(0);

    /// Numbers at which conversions change: zeros, ties, ends of ranges, infinities, NaN.
    private static final double[] BOUNDARIES = {
        0,
        -0.0,
        0.25,
        0.5,
        0.75,
        1.5,
        2.5,
        -0.5,
        -1.5,
        -2.5,
        3.7,
        -3.7,
        7.4,
        7.5,
        -8.5,
        15.5,
        100,
        -100,
        127.5,
        128,
        -128.5,
        200,
        255.5,
        256,
        300,
        -129,
        -300,
        448,
        464,
        465,
        500,
        240,
        247,
        248,
        249,
        32767.5,
        32768,
        -32769,
        57344,
        61439,
        62000,
        65535,
        65536,
        70000,
        1e-3,
        2e-3,
        1e-10,
        -1e-10,
        2147483520.0,
        2147483648.0,
        -2147483648.0,
        3e9,
        9.2e18,
        -9.2e18,
        1.2e19,
        1e30,
        -1e30,
        2e38,
        -2e38,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    @Provide
    Arbitrary<ElementType> integers() {
        return Arbitraries.of(ElementType.values()).filter(ElementType::isInteger);
    }

    @Provide
    Arbitrary<ElementType> eightBitFloats() {
        return Arbitraries.of(
                ElementType.FLOAT8E4M3FN,
                ElementType.FLOAT8E4M3FNUZ,
                ElementType.FLOAT8E5M2,
                ElementType.FLOAT8E5M2FNUZ);
    }

    private static Tensor numbers(long seed, DoubleStream boundaries) {
        double[] random = new RandomTensors(seed).random().doubles(64, -12, 12).map(NarrowTypesTest::spread).toArray();
        double[] all = Arrays.stream(Doubles.concat(boundaries.toArray(), random)).map(x -> (float) x).toArray();
        return Tensor.ofReals(ElementType.FLOAT32, all, all.length);
    }

    private static double spread(double exponent) {
        return Math.copySign(Math.pow(2, Math.abs(exponent)), exponent);
    }

    private static TestModel model(int opset, Tensor x) {
        var model = new TestModel(opset).input("x", ElementType.FLOAT32, Longs.asList(x.sizes()).toArray());
        model.proto().setIrVersion(opset >= 25 ? 12 : opset >= 23 ? 11 : 10);
        return model;
    }

    private static long number(ElementType element) {
        return OnnxTypes.number(element);
    }

    @Property(tries = 60)
    void realsToIntegers(@ForAll("integers") ElementType to, @ForAll boolean viaDouble, @ForAll long seed) {
        Tensor x = numbers(seed, Arrays.stream(BOUNDARIES));
        ElementType from = viaDouble ? ElementType.FLOAT64 : ElementType.FLOAT32;
        var model =
                model(25, x)
                        .constant("one", TensorData.scalar(ElementType.FLOAT32, 1))
                        .node("Mul", "x,one", "same")
                        .node("Cast", "same", "from", integer("to", number(from)))
                        .node("Cast", "from", "to", integer("to", number(to)))
                        .node("Cast", "to", "y", integer("to", number(ElementType.INT64)))
                        .output("y");
        EXACT.check(model, Map.of("x", x), 25);
    }

    /// ONNX Runtime keeps 480 to 496 within float8e4m3fn, and has NaN for what float8e5m2 has infinity for, when the
    /// numbers just above the greatest must not saturate.
    @Property(tries = 40)
    void realsToEightBitFloats(@ForAll("eightBitFloats") ElementType to, @ForAll boolean saturate, @ForAll long seed) {
        Tensor x = comparable(to, saturate, numbers(seed, Arrays.stream(BOUNDARIES)));
        var model =
                model(23, x)
                        .node("Cast", "x", "to", integer("to", number(to)), integer("saturate", saturate ? 1 : 0))
                        .node("Cast", "to", "y", integer("to", number(ElementType.FLOAT32)))
                        .output("y");
        EXACT.check(model, Map.of("x", x), 23);
    }

    private static Tensor comparable(ElementType to, boolean saturate, Tensor x) {
        double[] kept = Arrays.stream(x.reals()).filter(v -> saturate || !isPeculiar(to, Math.abs(v))).toArray();
        return Tensor.ofReals(ElementType.FLOAT32, kept, kept.length);
    }

    private static boolean isPeculiar(ElementType to, double size) {
        return to == ElementType.FLOAT8E4M3FN ? size >= 480 && size <= 496 : size >= 61440 && size < 65536;
    }

    @Provide
    Arbitrary<String> roundings() {
        return Arbitraries.of("up", "down", "nearest");
    }

    @Property(tries = 24)
    void realsToScales(@ForAll("roundings") String rounding, @ForAll boolean saturate, @ForAll long seed) {
        Tensor x = numbers(seed, Arrays.stream(BOUNDARIES));
        var model =
                model(25, x)
                        .node(
                                "Cast",
                                "x",
                                "to",
                                integer("to", number(ElementType.FLOAT8E8M0)),
                                integer("saturate", saturate ? 1 : 0),
                                text("round_mode", rounding))
                        .node("Cast", "to", "y", integer("to", number(ElementType.FLOAT32)))
                        .output("y");
        EXACT.check(model, Map.of("x", x), 25);
    }

    /// ONNX Runtime does not know `saturate` here.
    @Property(tries = 20)
    void castLike(@ForAll("eightBitFloats") ElementType to, @ForAll long seed) {
        Tensor x = numbers(seed, DoubleStream.of(1e6, -1e6, Double.POSITIVE_INFINITY, Double.NaN));
        var model =
                model(23, x)
                        .constant("like", TensorData.scalar(to, 1))
                        .node("CastLike", "x,like", "to", integer("saturate", 1))
                        .node("Cast", "to", "y", integer("to", number(ElementType.FLOAT32)))
                        .output("y");
        EXACT.check(model, Map.of("x", x), 23);
    }

    /// ONNX Runtime loses all elements but the first from types of less than 8 bits to those of at most 8.
    @Property(tries = 60)
    void integersToNarrowTypes(
            @ForAll("integers") ElementType from, @ForAll("integers") ElementType to, @ForAll long seed) {
        Assume.that(from.bits() >= 8 || to.bits() > 8);
        Tensor x = new RandomTensors(seed).integers(ElementType.INT64, -300, 300, 40);
        var model =
                new TestModel(25)
                        .input("x", ElementType.INT64, 40)
                        .node("Cast", "x", "from", integer("to", number(from)))
                        .node("Cast", "from", "to", integer("to", number(to)))
                        .node("Cast", "to", "y", integer("to", number(ElementType.INT64)))
                        .output("y");
        model.proto().setIrVersion(12);
        EXACT.check(model, Map.of("x", x), 25);
    }

    /// ONNX Runtime has no conversions to 4-bit floats: against the list of all numbers there are.
    @Example
    void realsToFourBitFloats() throws IOException {
        double[] there = {0, 0.5, 1, 1.5, 2, 3, 4, 6};
        Tensor x = numbers(7, DoubleStream.of(0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5, 7, -0.25, -5, 1e30));
        var model =
                model(23, x)
                        .node("Cast", "x", "to", integer("to", number(ElementType.FLOAT4E2M1)))
                        .node("Cast", "to", "y", integer("to", number(ElementType.FLOAT32)))
                        .output("y");
        Path file = model.write(Files.createTempFile("skive", ".onnx"));
        var graph = new OnnxImporter().read(file);
        Files.delete(file);
        Tensor y = new Interpreter(Precision.DECLARED).run(graph, Map.of("x", x)).values().iterator().next();
        for (int i = 0; i < x.count(); i++) {
            double value = Math.min(6, Math.abs(x.reals()[i]));
            double best = 0;
            for (int j = 1; j < there.length; j++) {
                double nearer = Math.abs(there[j] - value) - Math.abs(best - value);
                best = nearer < 0 || (nearer == 0 && j % 2 == 0) ? there[j] : best;
            }
            assertThat(Math.abs(y.reals()[i])).as("%s", x.reals()[i]).isEqualTo(best);
        }
        assertThat(List.of(FloatFormat.of(ElementType.FLOAT4E2M1).greatest())).containsExactly(6.0);
    }
}
