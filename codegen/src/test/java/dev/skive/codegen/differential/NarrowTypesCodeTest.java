package dev.skive.codegen.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import dev.skive.ir.type.Shape;
import dev.skive.runtime.SmallFloat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Elements of at most 8 bits as inputs, outputs, constants and in between.
class NarrowTypesCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final List<ImmutableMap<String, Long>> SIZES =
            LongStream.of(0, 1, 2, 5, 33).mapToObj(n -> ImmutableMap.of("n", n)).toList();

    static List<ElementType> narrow() {
        return Arrays.stream(ElementType.values())
                .filter(type -> (type.isReal() && type.bits() <= 8) || (type.isInteger() && type.bits() < 8))
                .toList();
    }

    static List<ElementType> computable() {
        return Arrays.stream(ElementType.values())
                .filter(type -> type.isReal() || type.isInteger() || type == ElementType.BOOL)
                .toList();
    }

    private static Value input(RandomCase random, ElementType type, Shape shape) {
        double most = type.isReal() ? 8 : type == ElementType.BOOL ? 2 : Math.scalb(1.0, type.bits());
        boolean signed = type.isReal() || type.kind() == ElementType.Kind.SIGNED;
        return random.input(type, shape, signed ? -most : 0, most);
    }

    @ParameterizedTest
    @MethodSource("computable")
    void casts(ElementType from) {
        var random = new RandomCase(from.text().hashCode());
        Value x = input(random, from, Shape.of(N));
        for (ElementType to : from.bits() > 8 ? narrow() : computable()) {
            random.outputOf(new Cast(to), x);
        }
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @MethodSource("narrow")
    void movesAndComparisons(ElementType type) {
        var random = new RandomCase(3);
        Value x = input(random, type, Shape.of(N, Dim.of(3)));
        Value y = input(random, type, Shape.of(N, Dim.of(3)));
        Value constant =
                random.constant(
                        type.isReal()
                                ? TensorData.ofReals(type, new double[] {0.5, 1, 2}, 3)
                                : TensorData.ofIntegers(type, new long[] {0, 1, 1}, 3));
        random.output(constant);
        random.outputOf(new Transpose(ImmutableList.of(1, 0)), x);
        random.outputOf(new Concat(0), x, y, x);
        random.outputOf(new Gather(1), x, random.constant(TensorData.ofLongs(new long[] {2, 0}, 2)));
        random.outputOf(
                new Slice(
                        ImmutableList.of(Dim.ZERO, Dim.of(2)),
                        ImmutableList.of(N, Dim.of(2)),
                        ImmutableList.of(1L, -1L)),
                x);
        random.outputOf(new Where(), random.apply(new Less(), x, constant), y, x);
        random.outputOf(new Equal(), x, y);
        random.outputOf(new Max(), x, constant);
        random.outputOf(new ReduceMax(ImmutableList.of(1), false), x);
        if (type.isInteger()) {
            random.outputOf(new Add(), x, random.apply(new Mul(), y, x));
        }
        Compiled.check(random, SIZES);
    }

    /// Numbers that integers cannot hold.
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "BFLOAT16"})
    void castsBeyondTheRange(ElementType from) {
        var random = new RandomCase(5);
        double[] values = {
            0.5,
            -0.5,
            0.49999999999999994,
            1.5,
            2.5,
            127.5,
            1e4,
            -1e4,
            7e4,
            2147483647.5,
            2147483648.0,
            -2147483649.0,
            3e9,
            5e9,
            -5e9,
            9.2e18,
            1e19,
            2e19,
            -1e19,
            1e300,
            -1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        double[] rounded =
                Arrays.stream(values)
                        .map(x -> from == ElementType.FLOAT64 ? x : FloatFormat.of(from).round(x))
                        .toArray();
        Value x = random.constant(TensorData.ofReals(from, rounded, rounded.length));
        Value y = random.apply(new Where(), random.input(ElementType.BOOL, Shape.SCALAR, 1, 2), x, x);
        computable().stream().filter(ElementType::isInteger).forEach(to -> random.outputOf(new Cast(to), y));
        Compiled.check(random, List.of(ImmutableMap.of()));
    }

    /// The formats of the runtime are those of the IR, bit for bit.
    @ParameterizedTest
    @MethodSource("narrow")
    void formats(ElementType type) {
        if (type.isInteger()) {
            return;
        }
        FloatFormat format = FloatFormat.of(type);
        SmallFloat twin = SmallFloat.valueOf(type.text().toUpperCase(Locale.ROOT));
        for (int bits = 0; bits < 1 << type.bits(); bits++) {
            assertThat(Float.compare(twin.decode((byte) bits), (float) format.decode(bits)))
                    .as("bits %s", bits)
                    .isZero();
        }
        var random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            double value = Float.intBitsToFloat(random.nextInt());
            double tie = (format.decode(i & 127) + format.decode((i & 127) + 1 & 127)) / 2;
            for (double number : new double[] {value, tie, -tie, random.nextGaussian(), 1e9 * random.nextGaussian()}) {
                assertThat((byte) format.encode(number)).as("%s", number).isEqualTo(twin.encode(number));
            }
        }
    }

    @Test
    void everyNarrowTypeIsTested() {
        assertThat(narrow()).hasSize(10);
    }
}
