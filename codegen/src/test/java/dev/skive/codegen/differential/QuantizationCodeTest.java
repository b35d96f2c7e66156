package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.MatMulInteger;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Quantize;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizationCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final List<ImmutableMap<String, Long>> SIZES =
            LongStream.of(0, 1, 2, 5, 33, 70).mapToObj(n -> ImmutableMap.of("n", n)).toList();

    static Stream<ElementType> narrow() {
        return Arrays.stream(ElementType.values()).filter(type -> type.isInteger() && type.bits() <= 16);
    }

    private static double least(ElementType type) {
        return type.kind() == ElementType.Kind.SIGNED ? -Math.scalb(1.0, type.bits() - 1) : 0;
    }

    private static Value zero(RandomCase random, ElementType type, Shape shape) {
        return random.input(type, shape, least(type), least(type) + Math.scalb(1.0, type.bits()));
    }

    @ParameterizedTest
    @MethodSource("narrow")
    void quantizes(ElementType to) {
        var random = new RandomCase(to.text().hashCode());
        double far = Math.scalb(1.0, to.bits());
        for (ElementType from : List.of(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.INT32)) {
            Value x = random.input(from, Shape.of(N, Dim.of(3)), -far, far);
            ElementType scaled = from.isReal() ? from : ElementType.FLOAT32;
            Value scale = random.input(scaled, Shape.of(3), 0.3, 1.5);
            Value single = random.input(scaled, Shape.SCALAR, 0.3, 1.5);
            random.outputOf(new Quantize(to), x, scale, zero(random, to, Shape.of(3)));
            random.outputOf(new Quantize(to), x, single, zero(random, to, Shape.SCALAR));
            random.outputOf(new Quantize(to), x, single, random.constant(TensorData.scalar(to, 1)));
        }
        Compiled.check(random, SIZES);
    }

    /// Ties, numbers that saturate, infinities, NaN.
    @ParameterizedTest
    @MethodSource("narrow")
    void quantizesBoundaries(ElementType to) {
        var random = new RandomCase(9);
        double[] values = {
            0.5,
            1.5,
            2.5,
            -0.5,
            -1.5,
            -0.0,
            126.5,
            127.5,
            254.5,
            255.5,
            256,
            -127.5,
            -128.5,
            -129,
            32767.5,
            65535.5,
            7e4,
            -7e4,
            1e9,
            -1e9,
            3e38,
            -3e38,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        Value x = random.constant(TensorData.ofReals(ElementType.FLOAT32, values, values.length));
        Value scale = random.input(ElementType.FLOAT32, Shape.SCALAR, 1, 1.0000001);
        random.outputOf(new Quantize(to), x, scale, random.constant(TensorData.scalar(to, 0)));
        random.outputOf(new Quantize(to), x, scale, random.constant(TensorData.scalar(to, 1)));
        Value whole = random.apply(new Quantize(to), x, scale, random.constant(TensorData.scalar(to, 1)));
        random.outputOf(new Cast(ElementType.FLOAT32), whole);
        Compiled.check(random, List.of(ImmutableMap.of()));
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {
                "FLOAT64",
                "BOOL",
                "COMPLEX64",
                "COMPLEX128",
                "STRING",
                "INT64",
                "UINT64",
                "FLOAT32",
                "BFLOAT16",
                "FLOAT16"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void dequantizes(ElementType from) {
        var random = new RandomCase(from.text().hashCode());
        double low = from.isReal() ? -3 : least(from);
        double high = from.isReal() ? 3 : least(from) + Math.scalb(1.0, from.bits());
        Value x = random.input(from, Shape.of(N, Dim.of(3)), low, high);
        for (ElementType to : List.of(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16)) {
            Value scale = random.input(to, Shape.of(3), 0.001, 0.002);
            Value zero = random.constant(TensorData.scalar(from, 0));
            random.outputOf(new Dequantize(to), x, scale, zero);
            if (from.bits() <= 16) {
                random.outputOf(
                        new Dequantize(to),
                        x,
                        random.input(ElementType.FLOAT32, Shape.SCALAR, 0.001, 0.002),
                        random.input(from, Shape.of(3), low, high));
            }
        }
        Compiled.check(random, SIZES);
    }

    /// With the range of a whole tensor, as a quantizer needs it.
    @Test
    void extremes() {
        var random = new RandomCase(2);
        for (Dim width : List.of(Dim.ONE, Dim.of(7), Dim.of(64))) {
            Value x = random.floats(N, width);
            Value special =
                    random.constant(
                            TensorData.ofReals(
                                    ElementType.FLOAT32,
                                    new double[] {Double.NaN, -0.0, 0, Double.NEGATIVE_INFINITY},
                                    4,
                                    1));
            Value y =
                    random.apply(
                            new Add(),
                            random.apply(new Reshape(ImmutableList.of(N.times(width), Dim.ONE, Dim.ONE)), x),
                            special);
            for (Value value : List.of(x, y)) {
                ImmutableList<Integer> all =
                        value.shape().rank() == 2 ? ImmutableList.of(0, 1) : ImmutableList.of(0, 1, 2);
                random.outputOf(new ReduceMax(all, false), value);
                random.outputOf(new ReduceMin(all, true), value);
            }
        }
        Compiled.check(random, SIZES);
    }

    /// Constant weights, whose sums float32 holds at once, in a few parts, and in many.
    @Test
    void productsWithWeights() {
        var random = new RandomCase(4);
        for (int depth : new int[] {1, 37, 300, 1100}) {
            for (ElementType left : List.of(ElementType.INT8, ElementType.UINT8)) {
                for (ElementType right : List.of(ElementType.INT8, ElementType.UINT8)) {
                    Value a = zero(random, left, Shape.of(N, Dim.of(depth)));
                    Value zero = zero(random, left, Shape.SCALAR);
                    Value extreme = random.constant(weights(random, right, 1, depth, 5));
                    Value usual = random.constant(weights(random, right, 0.2, depth, 40));
                    Value none = random.constant(TensorData.scalar(right, 0));
                    Value columns = random.constant(weights(random, right, 1, 5));
                    Value product = random.apply(new MatMulInteger(), a, usual, zero, none);
                    random.output(product);
                    random.outputOf(new Cast(ElementType.FLOAT32), product);
                    random.outputOf(new MatMulInteger(), a, extreme, zero, none);
                    random.outputOf(new MatMulInteger(), a, extreme, zero, columns);
                }
            }
        }
        Compiled.check(random, SIZES);
    }

    private static TensorData weights(RandomCase random, ElementType type, double part, long... sizes) {
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        double range = Math.scalb(1.0, type.bits()) * part;
        long[] drawn =
                random.random()
                        .doubles(count, 0, range)
                        .mapToLong(x -> (long) (Math.floor(x) + least(type) * part))
                        .toArray();
        return TensorData.ofIntegers(type, drawn, sizes);
    }

    /// Quantized numbers less their zero point, as a product reads them: rounded in one formula.
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"INT8", "UINT8"})
    void distancesToTheZeroPoint(ElementType to) {
        var random = new RandomCase(6);
        double[] values = {0.5, 1.5, 2.5, -0.5, -1.5, -0.0, 254.5, 255, 255.5, -128.5, 3e38, -3e38, Double.NaN};
        Value special = random.constant(TensorData.ofReals(ElementType.FLOAT32, values, values.length, 1));
        Value x = random.input(ElementType.FLOAT32, Shape.of(N, Dim.ONE, Dim.of(3)), -400, 400);
        Value wide = random.apply(new Add(), x, special);
        Value one = random.input(ElementType.FLOAT32, Shape.SCALAR, 1, 1.0000001);
        Value scales = random.input(ElementType.FLOAT32, Shape.of(3), 0.5, 1.5);
        for (Value scale : List.of(one, scales)) {
            for (Value zero : List.of(zero(random, to, Shape.SCALAR), zero(random, to, Shape.of(3)))) {
                random.output(distance(random, random.apply(new Quantize(to), wide, scale, zero), zero));
                random.output(distance(random, random.apply(new Quantize(to), special, one, zero), zero));
                Value kept = random.apply(new Quantize(to), x, scale, zero);
                random.output(kept);
                random.output(distance(random, kept, zero));
                random.output(
                        distance(
                                random,
                                random.apply(new Quantize(to), wide, one, zero),
                                random.constant(TensorData.scalar(to, 3))));
            }
        }
        Compiled.check(random, SIZES);
    }

    private static Value distance(RandomCase random, Value quantized, Value zero) {
        return random.apply(
                new Sub(),
                random.apply(new Cast(ElementType.FLOAT32), quantized),
                random.apply(new Cast(ElementType.FLOAT32), zero));
    }

    /// Products scaled per column, with all that may follow, of few and of many rows.
    @Test
    void scaledProducts() {
        var random = new RandomCase(7);
        for (int width : new int[] {5, 32, 40}) {
            Value a = zero(random, ElementType.UINT8, Shape.of(N, Dim.of(12)));
            Value zero = zero(random, ElementType.UINT8, Shape.SCALAR);
            Value none = random.constant(TensorData.scalar(ElementType.INT8, 0));
            Value x = random.floats(N, Dim.of(width));
            for (Shape columns : List.of(Shape.of(width), Shape.of(1, width), Shape.SCALAR)) {
                Value scale = random.input(ElementType.FLOAT32, columns, 0.001, 0.002);
                Value shift = random.input(ElementType.FLOAT32, columns, -1, 1);
                for (int tail = 0; tail < 6; tail++) {
                    Value b = random.constant(weights(random, ElementType.INT8, 1, 12, width));
                    Value product =
                            random.apply(
                                    new Cast(ElementType.FLOAT32), random.apply(new MatMulInteger(), a, b, zero, none));
                    Value scaled =
                            tail % 2 == 0
                                    ? random.apply(new Mul(), product, scale)
                                    : random.apply(new Mul(), scale, product);
                    Value shifted = tail == 0 ? scaled : random.apply(new Add(), shift, scaled);
                    Value active = tail < 3 ? shifted : random.apply(new Gelu(Gelu.Form.ERF), shifted);
                    Value sum = tail == 2 || tail > 3 ? random.apply(new Add(), active, x) : active;
                    Value factor = random.constant(TensorData.ofFloats(filled(width), width));
                    random.output(tail == 5 ? random.apply(new LayerNorm(1, 1e-5), sum, factor, factor) : sum);
                }
            }
        }
        Compiled.check(random, SIZES);
    }

    private static float[] filled(int width) {
        float[] numbers = new float[width];
        Arrays.fill(numbers, 0.75f);
        return numbers;
    }

    /// Zero points of the weights in every shape there is, in a matrix as deep as it is wide.
    @Test
    void zeroPointsOfWeights() {
        var random = new RandomCase(5);
        Value a = zero(random, ElementType.UINT8, Shape.of(N, Dim.of(6)));
        Value zero = zero(random, ElementType.UINT8, Shape.SCALAR);
        Value b = random.constant(weights(random, ElementType.INT8, 1, 6, 6));
        for (long[] sizes : new long[][] {{}, {1}, {6}, {1, 1}, {1, 6}, {6, 1}, {6, 6}}) {
            Value point = random.constant(weights(random, ElementType.INT8, 1, sizes));
            random.outputOf(new MatMulInteger(), a, b, zero, point);
        }
        Compiled.check(random, SIZES);
    }

    @Test
    void products() {
        var random = new RandomCase(1);
        for (ElementType left : List.of(ElementType.INT8, ElementType.UINT8)) {
            for (ElementType right : List.of(ElementType.INT8, ElementType.UINT8)) {
                Value a = zero(random, left, Shape.of(N, Dim.of(2), Dim.of(37)));
                Value b = zero(random, right, Shape.of(37, 5));
                Value one = zero(random, left, Shape.SCALAR);
                Value perRow = zero(random, left, Shape.of(2, 1));
                Value zero = zero(random, right, Shape.SCALAR);
                random.outputOf(new MatMulInteger(), a, b, one, zero);
                random.outputOf(new MatMulInteger(), a, b, perRow, zero(random, right, Shape.of(5)));
            }
        }
        Compiled.check(random, SIZES);
    }
}
