package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.at;
import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.graph;
import static dev.skive.ir.op.OpRun.reals;
import static dev.skive.ir.op.OpRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ElementwiseTest {
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double ROUNDING = 1e-12;

    static Stream<Arguments> unary() {
        return Stream.of(
                Arguments.of(new Abs(), -1.5, 1.5),
                Arguments.of(new Ceil(), 1.2, 2),
                Arguments.of(new Ceil(), -1.2, -1),
                Arguments.of(new Cos(), 1, 0.5403023058681398),
                Arguments.of(new Erf(), 0.5, 0.5204998778130465),
                Arguments.of(new Erf(), INFINITY, 1),
                Arguments.of(new Exp(), 1, Math.E),
                Arguments.of(new Exp(), -INFINITY, 0),
                Arguments.of(new Floor(), -1.2, -2),
                Arguments.of(new Gelu(Gelu.Form.ERF), 1, 0.8413447460685429),
                Arguments.of(new Gelu(Gelu.Form.ERF), -1, -0.15865525393145707),
                Arguments.of(new Gelu(Gelu.Form.TANH), 1, 0.8411919906082768),
                Arguments.of(new Log(), Math.E, 1),
                Arguments.of(new Log(), -1, NAN),
                Arguments.of(new Neg(), 2, -2),
                Arguments.of(new Reciprocal(), 4, 0.25),
                Arguments.of(new Reciprocal(), 0, INFINITY),
                Arguments.of(new Relu(), -3, 0),
                Arguments.of(new Relu(), 3, 3),
                Arguments.of(new Relu(), NAN, NAN),
                Arguments.of(new Sigmoid(), 0, 0.5),
                Arguments.of(new Sigmoid(), 2, 0.8807970779778823),
                Arguments.of(new Sigmoid(), -1000, 0),
                Arguments.of(new Sin(), 1, 0.8414709848078965),
                Arguments.of(new Sqrt(), 2, 1.4142135623730951),
                Arguments.of(new Sqrt(), -1, NAN),
                Arguments.of(new Tanh(), 0.5, 0.46211715726000974));
    }

    @ParameterizedTest
    @MethodSource("unary")
    void formulasGiveKnownValues(Op op, double x, double expected) {
        double found = run(op, reals(new double[] {x})).reals()[0];
        if (Double.isNaN(expected)) {
            assertThat(found).isNaN();
        } else if (Double.isInfinite(expected)) {
            assertThat(found).isEqualTo(expected);
        } else {
            assertThat(found).isCloseTo(expected, within(ROUNDING));
        }
    }

    static Stream<Arguments> binary() {
        return Stream.of(
                Arguments.of(new Add(), 1.5, 2, 3.5),
                Arguments.of(new Sub(), 1.5, 2, -0.5),
                Arguments.of(new Mul(), 1.5, 2, 3),
                Arguments.of(new Div(), 3, 2, 1.5),
                Arguments.of(new Div(), 1, 0, INFINITY),
                Arguments.of(new Pow(), 2, 0.5, Math.sqrt(2)),
                Arguments.of(new Max(), -1, 2, 2),
                Arguments.of(new Max(), NAN, 2, NAN),
                Arguments.of(new Min(), -1, 2, -1),
                Arguments.of(new Min(), 1, NAN, NAN),
                Arguments.of(new Min(), 0.0, -0.0, -0.0));
    }

    @ParameterizedTest
    @MethodSource("binary")
    void arithmeticFollowsTheStandard(Op op, double a, double b, double expected) {
        Tensor found = run(op, reals(new double[] {a}, 1), reals(new double[] {b}, 1));
        assertThat(found).isEqualTo(reals(new double[] {expected}, 1));
    }

    static Stream<Arguments> integerArithmetic() {
        return Stream.of(
                Arguments.of(ElementType.INT8, 127, 1, new long[] {-128, 126, 127, 127, 127, 1}),
                Arguments.of(ElementType.INT8, -128, -1, new long[] {127, -127, -128, -128, -1, -128}),
                Arguments.of(ElementType.UINT8, 200, 100, new long[] {44, 100, 32, 2, 200, 100}),
                Arguments.of(ElementType.INT64, 7, -2, new long[] {5, 9, -14, -3, 7, -2}),
                Arguments.of(ElementType.UINT64, -1, 2, new long[] {1, -3, -2, Long.MAX_VALUE, -1, 2}),
                Arguments.of(ElementType.INT32, -7, 2, new long[] {-5, -9, -14, -3, 2, -7}),
                Arguments.of(ElementType.INT32, 5, 0, new long[] {5, 5, 0, 0, 5, 0}));
    }

    @ParameterizedTest
    @MethodSource("integerArithmetic")
    void integersWrapAndRoundTowardsZero(ElementType element, long a, long b, long[] expected) {
        List<Op> ops = List.of(new Add(), new Sub(), new Mul(), new Div(), new Max(), new Min());
        assertThat(ops.stream().mapToLong(op -> integer(op, element, a, b))).containsExactly(box(expected));
    }

    private static Long[] box(long[] values) {
        return java.util.Arrays.stream(values).boxed().toArray(Long[]::new);
    }

    private static long integer(Op op, ElementType element, long a, long b) {
        return run(op, integers(element, a), integers(element, b)).integers()[0];
    }

    private static Tensor integers(ElementType element, long... values) {
        return Tensor.ofIntegers(element, values, values.length);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 10, 1024",
        "-3, 3, -27",
        "2, -1, 0",
        "-1, -3, -1",
        "1, -5, 1",
        "5, 0, 1",
        "3, 41, 36472996377170786403"
    })
    void integerPowersWrap(long base, long exponent, java.math.BigInteger expected) {
        assertThat(integer(new Pow(), ElementType.INT64, base, exponent)).isEqualTo(expected.longValue());
    }

    @Test
    void comparisonsKnowNansZerosAndUnsignedNumbers() {
        Tensor a = reals(new double[] {1, NAN, -0.0, 2, NAN}, 5);
        Tensor b = reals(new double[] {2, 1, 0.0, 2, NAN}, 5);
        Map<Op, long[]> expected =
                Map.of(
                        new Equal(), new long[] {0, 0, 1, 1, 0},
                        new Less(), new long[] {1, 0, 0, 0, 0},
                        new LessOrEqual(), new long[] {1, 0, 1, 1, 0},
                        new Greater(), new long[] {0, 0, 0, 0, 0},
                        new GreaterOrEqual(), new long[] {0, 0, 1, 1, 0});
        expected.forEach((op, bits) -> assertThat(run(op, a, b)).isEqualTo(integers(ElementType.BOOL, bits)));
        assertThat(integer(new Less(), ElementType.UINT64, 1, -1)).isEqualTo(1);
        assertThat(integer(new Less(), ElementType.INT64, 1, -1)).isZero();
        assertThat(integer(new Equal(), ElementType.BOOL, 1, 1)).isEqualTo(1);
    }

    @Test
    void logicAndChoice() {
        Tensor a = integers(ElementType.BOOL, 0, 0, 1, 1);
        Tensor b = integers(ElementType.BOOL, 0, 1, 0, 1);
        assertThat(run(new And(), a, b).integers()).containsExactly(0, 0, 0, 1);
        assertThat(run(new Or(), a, b).integers()).containsExactly(0, 1, 1, 1);
        assertThat(run(new Not(), a).integers()).containsExactly(1, 1, 0, 0);
        Tensor chosen = run(new Where(), a, reals(new double[] {7}), reals(new double[] {1, 2, 3, 4}, 4));
        assertThat(chosen.reals()).containsExactly(1, 2, 7, 7);
        Tensor whole = run(new Where(), a, integers(ElementType.INT8, 1, 2, 3, 4), integers(ElementType.INT8, 9));
        assertThat(whole.integers()).containsExactly(9, 9, 3, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "2.9, INT32, 2",
        "-2.9, INT32, -2",
        "300, UINT8, 44",
        "0.5, BOOL, 1",
        "0, BOOL, 0",
        "NaN, BOOL, 1",
        "18446744073709549568, UINT64, -2048"
    })
    void realsBecomeIntegersTowardsZero(double value, ElementType to, long expected) {
        assertThat(run(new Cast(to), Tensor.ofReals(ElementType.FLOAT64, new double[] {value})).integers())
                .containsExactly(expected);
    }

    @Test
    void castsToRealsRoundOnlyAsDeclared() {
        Tensor tenth = Tensor.ofReals(ElementType.FLOAT64, new double[] {0.1, 70_000}, 2);
        var half = graph(new Cast(ElementType.FLOAT16), tenth.type());
        assertThat(run(Precision.DECLARED, half, tenth).reals()).containsExactly(0.0999755859375, INFINITY);
        assertThat(run(Precision.DOUBLE, half, tenth).reals()).containsExactly(0.1, 70_000);
        Tensor large = integers(ElementType.UINT64, -1);
        assertThat(run(new Cast(ElementType.FLOAT64), large).reals()).containsExactly(0x1p64);
        assertThat(run(new Cast(ElementType.INT8), integers(ElementType.INT64, 200)).integers()).containsExactly(-56);
    }

    @Property(tries = 300)
    void operandsBroadcast(
            @ForAll long seed, @ForAll @IntRange(max = 7) int oneOfA, @ForAll @IntRange(max = 7) int oneOfB) {
        long[] full = {2, 3, 4};
        Tensor a = OpRun.random(seed, reduced(full, oneOfA));
        Tensor b = OpRun.random(seed + 1, reduced(full, oneOfB));
        Tensor sum = run(new Sub(), a, b);
        for (int i = 0; i < sum.count(); i++) {
            long[] index = OpRun.index(sum, i);
            assertThat(sum.reals()[i]).isEqualTo(at(a, clamped(a, index)) - at(b, clamped(b, index)));
        }
    }

    private static long[] reduced(long[] sizes, int ones) {
        long[] reduced = sizes.clone();
        for (int axis = 0; axis < sizes.length; axis++) {
            reduced[axis] = (ones >> axis & 1) == 1 ? 1 : sizes[axis];
        }
        return reduced;
    }

    private static long[] clamped(Tensor tensor, long[] index) {
        long[] clamped = index.clone();
        for (int axis = 0; axis < index.length; axis++) {
            clamped[axis] = Math.min(index[axis], tensor.size(axis) - 1L);
        }
        return clamped;
    }

    @Test
    void lowerRanksBroadcastFromTheRight() {
        Tensor sum = run(new Add(), reals(new double[] {1, 2, 3, 4}, 2, 2), reals(new double[] {10, 20}, 2));
        assertThat(sum.reals()).containsExactly(11, 22, 13, 24);
        assertThat(run(new Add(), reals(new double[0], 0, 2), reals(new double[] {1})).sizes()).containsExactly(0, 2);
    }

    @Test
    void sizesThatTurnOutDifferentAreAnError() {
        var graph = graph(new Add(), floats(-1), floats(-2));
        Tensor three = OpRun.random(1, 3);
        Tensor four = OpRun.random(1, 4);
        assertThat(run(graph, three, OpRun.random(1, 1)).sizes()).containsExactly(3);
        assertThatThrownBy(() -> run(graph, three, four))
                .isInstanceOf(SkiveException.class)
                .hasMessage("node 'node': add: sizes [4] do not broadcast to [3]");
    }

    @Test
    void wrongTypesAreNamed() {
        for (Op op : List.of(new Erf(), new Sqrt(), new Gelu(Gelu.Form.ERF))) {
            assertThatThrownBy(() -> graph(op, OpRun.longs(4)))
                    .hasMessageContaining("operand 0 must be floating-point, found i64[4]");
        }
        assertThatThrownBy(() -> graph(new Add(), floats(4), OpRun.longs(4)))
                .hasMessageContaining("operands 0 and 1 must have one element type, found f32 and i64");
        assertThatThrownBy(() -> graph(new And(), floats(4), floats(4))).hasMessageContaining("must be boolean");
        assertThatThrownBy(() -> graph(new Where(), floats(4), floats(4), floats(4)))
                .hasMessageContaining("operand 0 must be boolean, found f32[4]");
        assertThatThrownBy(() -> graph(new Neg(), OpRun.type(ElementType.STRING, 4)))
                .hasMessageContaining("operand 0 must be floating-point or integer, found string[4]");
        assertThatThrownBy(() -> graph(new Add(), floats(4))).hasMessageContaining("takes 2 operands, found 1");
        assertThatThrownBy(() -> graph(new Add(), floats(4), floats(3)))
                .hasMessageContaining("shapes [4] and [3] do not broadcast: axis 0 has sizes 4 and 3");
    }
}
