package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Quantization and operators on quantized numbers, bit for bit.
class QuantizationOperatorsTest {
    private static final RoundTrip EXACT = new RoundTrip(0);

    @Provide
    Arbitrary<ElementType> integers() {
        return Arbitraries.of(
                ElementType.INT8,
                ElementType.UINT8,
                ElementType.INT16,
                ElementType.UINT16,
                ElementType.INT4,
                ElementType.UINT4,
                ElementType.INT2,
                ElementType.UINT2);
    }

    @Provide
    Arbitrary<ElementType> eightBitFloats() {
        return Arbitraries.of(
                ElementType.FLOAT8E4M3FN,
                ElementType.FLOAT8E4M3FNUZ,
                ElementType.FLOAT8E5M2,
                ElementType.FLOAT8E5M2FNUZ);
    }

    @Provide
    Arbitrary<List<Integer>> shapes() {
        return Arbitraries.integers().between(1, 5).list().ofMinSize(1).ofMaxSize(4);
    }

    private static TestModel model(int opset) {
        var model = new TestModel(opset);
        model.proto().setIrVersion(opset >= 25 ? 12 : 10);
        return model;
    }

    private static int opset(ElementType type) {
        return type.bits() == 2 ? 25 : 21;
    }

    private static TensorData zeros(ElementType type, Random random, long... sizes) {
        boolean signed = type.kind() == ElementType.Kind.SIGNED;
        long range = 1L << Math.min(type.bits(), 8);
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        return TensorData.ofIntegers(
                type, random.longs(count, signed ? -range / 2 : 0, signed ? range / 2 : range).toArray(), sizes);
    }

    private static TensorData scales(Random random, long... sizes) {
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        return TensorData.ofReals(
                ElementType.FLOAT32, random.doubles(count, 0.01, 0.4).map(x -> (float) x).toArray(), sizes);
    }

    /// Numbers of which many are ties after the division, some out of range, perhaps far: ONNX Runtime takes numbers to int32
    /// on the way to types below 8 bits and in blocks.
    private static Tensor numbers(boolean farOut, Random random, double scale, long... sizes) {
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        double[] values = random.doubles(count, -40, 40).map(x -> (float) (Math.rint(2 * x) / 2 * scale)).toArray();
        double[] far = {1e9, -1e9, 1e30, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0};
        double[] special = farOut ? far : new double[] {1e6, -1e6, -0.0};
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(12) == 0 ? (float) special[random.nextInt(special.length)] : values[i];
        }
        return Tensor.ofReals(ElementType.FLOAT32, values, sizes);
    }

    private static TestModel asLongs(TestModel model, ElementType type) {
        return type.isReal()
                ? model.node("Cast", "q", "y", integer("to", OnnxTypes.number(ElementType.FLOAT32))).output("y")
                : model.node("Cast", "q", "y", integer("to", OnnxTypes.number(ElementType.INT64))).output("y");
    }

    @Property(tries = 60)
    void quantizePerTensor(
            @ForAll("integers") ElementType to,
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean zero,
            @ForAll long seed) {
        var random = new Random(seed);
        TensorData scale = scales(random);
        Tensor x = numbers(to.bits() >= 8, random, scale.getDouble(0), Longs.toArray(shape));
        var model =
                model(opset(to))
                        .input("x", ElementType.FLOAT32, RandomTensors.declared(true, "x", x.sizes()))
                        .constant("s", scale);
        if (zero) {
            model.constant("z", zeros(to, random)).node("QuantizeLinear", "x,s,z", "q");
        } else {
            model.node("QuantizeLinear", "x,s", "q", integer("output_dtype", OnnxTypes.number(to)));
        }
        EXACT.check(asLongs(model, to), Map.of("x", x), opset(to), 25);
    }

    /// ONNX Runtime mixes up neighbours of 2 bits that have scales of their own.
    @Property(tries = 60)
    void quantizePerAxis(
            @ForAll("integers") ElementType to,
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean negative,
            @ForAll long seed) {
        var random = new Random(seed);
        int axis = random.nextInt(shape.size());
        long size = shape.get(axis);
        Assume.that(to.bits() > 2);
        Tensor x = numbers(to.bits() >= 8, random, 0.25, Longs.toArray(shape));
        var model =
                model(opset(to))
                        .input("x", ElementType.FLOAT32, shape.toArray())
                        .constant("s", scales(random, size))
                        .constant("z", zeros(to, random, size))
                        .node("QuantizeLinear", "x,s,z", "q", integer("axis", negative ? axis - shape.size() : axis));
        EXACT.check(asLongs(model, to), Map.of("x", x), opset(to));
    }

    @Property(tries = 60)
    void quantizeBlocks(@ForAll("integers") ElementType to, @ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new Random(seed);
        int axis = random.nextInt(shape.size());
        int block = 1 + random.nextInt(3);
        long[] blocks = Longs.toArray(shape);
        blocks[axis] = Math.ceilDiv(blocks[axis], block);
        Assume.that(
                Math.ceilDiv(shape.get(axis), blocks[axis]) == block
                        && Longs.asList(blocks).stream().anyMatch(n -> n > 1));
        Tensor x = numbers(false, random, 0.25, Longs.toArray(shape));
        var model =
                model(opset(to))
                        .input("x", ElementType.FLOAT32, shape.toArray())
                        .constant("s", scales(random, blocks))
                        .constant("z", zeros(to, random, blocks))
                        .node("QuantizeLinear", "x,s,z", "q", integer("axis", axis), integer("block_size", block));
        if (to.bits() == 2) {
            EXACT.check(asLongs(model, to), Map.of("x", x));
        } else {
            EXACT.check(asLongs(model, to), Map.of("x", x), opset(to));
        }
    }

    @Property(tries = 30)
    void quantizeToFloats(@ForAll("eightBitFloats") ElementType to, @ForAll boolean saturate, @ForAll long seed) {
        var random = new Random(seed);
        double[] values = random.doubles(40, -90, 90).map(x -> (float) x).toArray();
        double[] far = saturate ? new double[] {1e9, -1e30} : new double[] {1e9, -1e30, 1e20};
        double[] all = Doubles.concat(values, far);
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, Arrays.stream(all).map(v -> (float) v).toArray(), all.length);
        var model =
                model(21)
                        .input("x", ElementType.FLOAT32, all.length)
                        .constant("s", scales(random))
                        .constant("z", TensorData.scalar(to, 0))
                        .node("QuantizeLinear", "x,s,z", "q", integer("saturate", saturate ? 1 : 0));
        Assume.that(saturate || to != ElementType.FLOAT8E4M3FN);
        EXACT.check(asLongs(model, to), Map.of("x", x), 21);
    }

    @Property(tries = 80)
    void dequantize(
            @ForAll("integers") ElementType from,
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean withZero,
            @ForAll long seed) {
        var random = new Random(seed);
        int axis = random.nextInt(shape.size());
        int form = random.nextInt(3);
        int block = 1 + random.nextInt(3);
        long[] scaled = form == 0 ? new long[0] : form == 1 ? new long[] {shape.get(axis)} : Longs.toArray(shape);
        var attributes = new ArrayList<>(List.of(integer("axis", axis)));
        if (form == 2) {
            scaled[axis] = Math.ceilDiv(scaled[axis], block);
            Assume.that(
                    Math.ceilDiv(shape.get(axis), scaled[axis]) == block
                            && Longs.asList(scaled).stream().anyMatch(n -> n > 1));
            attributes.add(integer("block_size", block));
        }
        var model =
                model(opset(from))
                        .constant("q", zeros(from, random, Longs.toArray(shape)))
                        .constant("s", scales(random, scaled))
                        .constant("z", zeros(from, random, scaled))
                        .node(
                                "DequantizeLinear",
                                withZero ? "q,s,z" : "q,s",
                                "y",
                                attributes.toArray(AttributeProto[]::new))
                        .output("y");
        EXACT.check(model, Map.of(), opset(from), 25);
    }

    @Property(tries = 10)
    void dequantizeSums(@ForAll long seed) {
        Tensor x = new RandomTensors(seed).integers(ElementType.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE, 3, 4);
        var model =
                model(13)
                        .input("x", ElementType.INT32, "n", 4)
                        .constant("s", scales(new Random(seed), 4))
                        .node("DequantizeLinear", "x,s", "y", integer("axis", -1))
                        .output("y");
        EXACT.check(model, Map.of("x", x), 13, 21);
    }

    @Property(tries = 40)
    void quantizeDynamically(@ForAll("shapes") List<Integer> shape, @ForAll boolean positive, @ForAll long seed) {
        var random = new RandomTensors(seed);
        double spread = Math.exp(random.random().nextGaussian() * 4);
        Tensor x = random.floatsBetween(positive ? 0 : -spread, spread, Longs.toArray(shape));
        var model =
                model(11)
                        .input("x", ElementType.FLOAT32, RandomTensors.declared(true, "x", x.sizes()))
                        .nodes("DynamicQuantizeLinear", "x", List.of("y", "scale", "zero"))
                        .output("y", "scale", "zero");
        EXACT.check(model, Map.of("x", x), 13);
    }

    @Property(tries = 5)
    void quantizeZerosDynamically(@ForAll("shapes") List<Integer> shape) {
        int count = shape.stream().reduce(1, Math::multiplyExact);
        var model =
                model(11)
                        .input("x", ElementType.FLOAT32, shape.toArray())
                        .nodes("DynamicQuantizeLinear", "x", List.of("y", "scale", "zero"))
                        .output("y", "scale", "zero");
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, new double[count], Longs.toArray(shape));
        EXACT.check(model, Map.of("x", x), 13);
    }

    /// Zero points per tensor, per row of the left and per column of the right operand.
    @Property(tries = 60)
    void matMulInteger(@ForAll boolean signedA, @ForAll boolean signedB, @ForAll long seed) {
        var random = new RandomTensors(seed);
        int m = 1 + random.random().nextInt(4);
        int k = 1 + random.random().nextInt(40);
        int n = 1 + random.random().nextInt(5);
        ElementType a = signedA ? ElementType.INT8 : ElementType.UINT8;
        ElementType b = signedB ? ElementType.INT8 : ElementType.UINT8;
        int zeroForm = random.random().nextInt(3);
        Tensor left = random.integers(a, signedA ? -128 : 0, signedA ? 128 : 256, 2, m, k);
        Tensor right = random.integers(b, signedB ? -128 : 0, signedB ? 128 : 256, k, n);
        var model =
                model(10)
                        .input("a", a, "batch", "m", k)
                        .input("b", b, k, n)
                        .constant("za", zeros(a, random.random(), zeroForm == 2 ? new long[] {1} : new long[0]))
                        .constant("zb", zeros(b, random.random(), zeroForm == 2 ? new long[] {n} : new long[0]))
                        .node("MatMulInteger", zeroForm == 0 ? "a,b" : "a,b,za,zb", "y")
                        .output("y");
        EXACT.check(model, Map.of("a", left, "b", right), 13);
    }
}
