package dev.skive.ir.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import org.junit.jupiter.api.Test;

/// Angles, areas, rounding, remainders and bits at values where they could go wrong.
final class FunctionsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static double[] reals(Elementwise op, double... values) {
        return OpRun.run(op, Tensor.ofReals(ElementType.FLOAT64, values, values.length)).reals();
    }

    private static long[] integers(Elementwise op, ElementType element, long a, long b) {
        return OpRun.run(
                        op,
                        Tensor.ofIntegers(element, new long[] {a}, 1),
                        Tensor.ofIntegers(element, new long[] {b}, 1))
                .integers();
    }

    @Test
    void rounds() {
        assertThat(reals(new Round(), 0.5, 1.5, -0.5, -2.5, 1e300, INFINITY, Double.NaN))
                .containsExactly(0, 2, -0.0, -2, 1e300, INFINITY, Double.NaN);
    }

    /// Inverses undo what they are inverse to, for small and large numbers alike.
    @Test
    void areas() {
        for (double x : new double[] {0, 1e-300, 1e-9, 0.3, 1, 20, 700}) {
            double tolerance = 1e-14 * Math.max(x, Double.MIN_NORMAL);
            double[] both = reals(new Asinh(), reals(new Sinh(), x, -x));
            assertThat(Math.abs(both[0] - x)).isLessThanOrEqualTo(tolerance);
            assertThat(both[1]).isEqualTo(-both[0]);
            if (x >= 1) {
                assertThat(Math.abs(reals(new Acosh(), reals(new Cosh(), x))[0] - x)).isLessThanOrEqualTo(tolerance);
            } else {
                double back = reals(new Atanh(), reals(new Tanh(), x))[0];
                assertThat(Math.abs(back - x)).isLessThanOrEqualTo(tolerance);
            }
        }
        assertThat(reals(new Atanh(), 1, -1, 2, -0.0)).containsExactly(INFINITY, -INFINITY, Double.NaN, -0.0);
        assertThat(reals(new Acosh(), 0.5, 1, INFINITY)).containsExactly(Double.NaN, 0, INFINITY);
        assertThat(reals(new Asinh(), -0.0, -INFINITY, 1e308))
                .containsExactly(-0.0, -INFINITY, Math.log(1e308) + Math.log(2));
    }

    @Test
    void remainders() {
        assertThat(integers(new Mod(false), ElementType.INT32, -7, 3)).containsExactly(2);
        assertThat(integers(new Mod(false), ElementType.INT32, 7, -3)).containsExactly(-2);
        assertThat(integers(new Mod(true), ElementType.INT32, -7, 3)).containsExactly(-1);
        assertThat(integers(new Mod(true), ElementType.INT64, Long.MIN_VALUE, -1)).containsExactly(0);
        assertThat(integers(new Mod(false), ElementType.INT64, 5, 0)).containsExactly(0);
        assertThat(integers(new Mod(false), ElementType.UINT64, -1, 10)).containsExactly(5);
    }

    @Test
    void bitsOfAnotherType() {
        Tensor bytes = Tensor.ofIntegers(ElementType.UINT8, new long[] {255, 7}, 2);
        assertThat(OpRun.run(new BitCast(ElementType.INT8), bytes).integers()).containsExactly(-1, 7);
        Tensor nibbles = Tensor.ofIntegers(ElementType.INT4, new long[] {-1, 7, 3}, 3);
        assertThat(OpRun.run(new BitCast(ElementType.UINT4), nibbles).integers()).containsExactly(15, 7, 3);
        Tensor floats = Tensor.ofReals(ElementType.FLOAT32, new double[] {1, -0.0, INFINITY}, 3);
        assertThat(OpRun.run(new BitCast(ElementType.UINT32), floats).integers())
                .containsExactly(0x3F800000L, 0x80000000L, 0x7F800000L);
        Tensor wide = Tensor.ofIntegers(ElementType.INT64, new long[] {Double.doubleToLongBits(-2.5)}, 1);
        assertThat(OpRun.run(new BitCast(ElementType.FLOAT64), wide).reals()).containsExactly(-2.5);
        assertThatThrownBy(() -> OpRun.graph(new BitCast(ElementType.INT64), OpRun.floats(1)))
                .hasMessageContaining("the bits of f32 are not as many as those of i64");
    }

    @Test
    void bits() {
        assertThat(integers(new BitShift(true), ElementType.UINT8, 255, 1)).containsExactly(254);
        assertThat(integers(new BitShift(true), ElementType.UINT8, 255, 8)).containsExactly(0);
        assertThat(integers(new BitShift(false), ElementType.UINT64, -1, 63)).containsExactly(1);
        assertThat(integers(new BitShift(false), ElementType.UINT64, -1, 64)).containsExactly(0);
        assertThat(integers(new BitwiseXor(), ElementType.INT8, -1, 5)).containsExactly(-6);
        assertThat(integers(new BitwiseAnd(), ElementType.INT16, -2, 7)).containsExactly(6);
        assertThat(integers(new BitwiseOr(), ElementType.UINT32, 4, 3)).containsExactly(7);
        assertThatThrownBy(() -> integers(new BitShift(true), ElementType.INT8, 1, 1))
                .hasMessageContaining("must be an unsigned integer");
        assertThatThrownBy(() -> OpRun.graph(new BitwiseAnd(), OpRun.floats(1), OpRun.floats(1)))
                .hasMessageContaining("must be integer");
    }
}
