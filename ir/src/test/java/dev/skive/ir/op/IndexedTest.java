package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.integers;
import static dev.skive.ir.op.OpRun.longs;
import static dev.skive.ir.op.OpRun.reals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import org.junit.jupiter.api.Test;

/// Padding, gathers, scatters, searches and running sums: known values and every error.
final class IndexedTest {
    private static final Tensor ROW = integers(new long[] {1, 2, 3}, 3);

    private static long[] padded(Pad.Mode mode, long before, long after) {
        var op = new Pad(ImmutableList.of(Dim.of(before)), ImmutableList.of(Dim.of(after)), mode);
        return OpRun.run(op, ROW).integers();
    }

    @Test
    void pads() {
        assertThat(padded(Pad.Mode.EDGE, 2, 1)).containsExactly(1, 1, 1, 2, 3, 3);
        assertThat(padded(Pad.Mode.REFLECT, 5, 3)).containsExactly(2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2);
        assertThat(padded(Pad.Mode.WRAP, 4, 2)).containsExactly(3, 1, 2, 3, 1, 2, 3, 1, 2);
        var constant = new Pad(ImmutableList.of(Dim.ONE), ImmutableList.of(Dim.ZERO), Pad.Mode.CONSTANT);
        assertThat(OpRun.run(constant, ROW, integers(new long[] {7})).integers()).containsExactly(7, 1, 2, 3);
        Tensor nothing = integers(new long[0], 0);
        assertThat(OpRun.run(constant, nothing, integers(new long[] {7})).integers()).containsExactly(7);
        var edge = new Pad(ImmutableList.of(Dim.ONE), ImmutableList.of(Dim.ZERO), Pad.Mode.EDGE);
        assertThatThrownBy(() -> OpRun.run(edge, nothing))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("has no elements");
        var negative = new Pad(ImmutableList.of(Dim.of(-1)), ImmutableList.of(Dim.ZERO), Pad.Mode.EDGE);
        assertThatThrownBy(() -> OpRun.graph(negative, longs(3))).hasMessageContaining("negative pads");
        assertThatThrownBy(() -> OpRun.graph(edge, longs(3, 3))).hasMessageContaining("one entry per axis");
    }

    @Test
    void gathersAndScatters() {
        Tensor ids = integers(new long[] {2, -3, 2}, 3);
        assertThat(OpRun.run(new GatherElements(0), ROW, ids).integers()).containsExactly(3, 1, 3);
        Tensor updates = integers(new long[] {10, 20, 30}, 3);
        assertThat(scattered(Combination.REPLACE, ids, updates)).containsExactly(20, 2, 30);
        assertThat(scattered(Combination.ADD, ids, updates)).containsExactly(21, 2, 43);
        assertThat(scattered(Combination.MUL, ids, updates)).containsExactly(20, 2, 900);
        assertThat(scattered(Combination.MIN, ids, updates)).containsExactly(1, 2, 3);
        assertThat(scattered(Combination.MAX, ids, updates)).containsExactly(20, 2, 30);
        Tensor matrix = integers(new long[] {1, 2, 3, 4}, 2, 2);
        Tensor tuple = integers(new long[] {1, -1}, 1, 2);
        assertThat(OpRun.run(new GatherNd(0), matrix, tuple).integers()).containsExactly(4);
        Tensor row = integers(new long[] {8, 9}, 1, 2);
        Tensor first = integers(new long[] {0}, 1, 1);
        assertThat(OpRun.run(new ScatterNd(Combination.REPLACE), matrix, first, row).integers())
                .containsExactly(8, 9, 3, 4);
    }

    private static long[] scattered(Combination combination, Tensor ids, Tensor updates) {
        return OpRun.run(new ScatterElements(0, combination), ROW, ids, updates).integers();
    }

    @Test
    void refusesPlacesOutside() {
        Tensor outside = integers(new long[] {3}, 1);
        assertThatThrownBy(() -> OpRun.run(new GatherElements(0), ROW, outside))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("index 3 is outside [-3, 3)");
        assertThatThrownBy(() -> OpRun.graph(new GatherElements(0), longs(3), longs(3, 1)))
                .hasMessageContaining("rank");
        assertThatThrownBy(() -> OpRun.graph(new GatherElements(0), longs(3, 2), longs(3, 4)))
                .hasMessageContaining("larger than the data");
        assertThatThrownBy(() -> OpRun.graph(new GatherNd(0), longs(3), longs(2, 2))).hasMessageContaining("too long");
        assertThatThrownBy(() -> OpRun.graph(new GatherNd(0), longs(3), longs(2, -1)))
                .hasMessageContaining("known length");
        assertThatThrownBy(() -> OpRun.graph(new ScatterNd(Combination.ADD), longs(3), longs(2, 1), floats(2)))
                .hasMessageContaining("one element type");
        assertThatThrownBy(() -> OpRun.graph(new ScatterNd(Combination.ADD), longs(3), longs(2, 1), longs(4)))
                .hasMessageContaining("updates must have shape");
    }

    @Test
    void searches() {
        Tensor x = reals(new double[] {Double.NaN, 1, 2, 2, Double.NaN, 0}, 2, 3);
        assertThat(OpRun.run(new ArgMax(1, false, false), x).integers()).containsExactly(0, 0);
        Tensor ties = reals(new double[] {0, -0.0, -1, -1}, 4);
        assertThat(OpRun.run(new ArgMax(0, true, false), ties).integers()).containsExactly(0);
        assertThat(OpRun.run(new ArgMax(0, true, true), ties).integers()).containsExactly(1);
        assertThat(OpRun.run(new ArgMin(0, true, true), ties).integers()).containsExactly(3);
        Tensor unsigned = Tensor.ofIntegers(ElementType.UINT64, new long[] {1, -1}, 2);
        assertThat(OpRun.run(new ArgMax(0, false, false), unsigned).integers()).containsExactly(1);
        assertThatThrownBy(() -> OpRun.run(new ArgMin(1, false, false), reals(new double[0], 2, 0)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("has no elements");
    }

    @Test
    void runningSums() {
        assertThat(OpRun.run(new CumSum(0, false, false), ROW).integers()).containsExactly(1, 3, 6);
        assertThat(OpRun.run(new CumSum(0, true, false), ROW).integers()).containsExactly(0, 1, 3);
        assertThat(OpRun.run(new CumSum(0, false, true), ROW).integers()).containsExactly(6, 5, 3);
        assertThat(OpRun.run(new CumSum(0, true, true), ROW).integers()).containsExactly(5, 3, 0);
        Tensor narrow = Tensor.ofIntegers(ElementType.INT8, new long[] {127, 1}, 2);
        assertThat(OpRun.run(new CumSum(0, false, false), narrow).integers()).containsExactly(127, -128);
    }

    @Test
    void runningProducts() {
        assertThat(OpRun.run(new CumProd(0, false, false), ROW).integers()).containsExactly(1, 2, 6);
        assertThat(OpRun.run(new CumProd(0, true, false), ROW).integers()).containsExactly(1, 1, 2);
        assertThat(OpRun.run(new CumProd(0, false, true), ROW).integers()).containsExactly(6, 6, 3);
        assertThat(OpRun.run(new CumProd(0, true, true), ROW).integers()).containsExactly(6, 3, 1);
        Tensor narrow = Tensor.ofIntegers(ElementType.INT8, new long[] {127, 2}, 2);
        assertThat(OpRun.run(new CumProd(0, false, false), narrow).integers()).containsExactly(127, -2);
        assertThat(OpRun.run(new CumProd(1, false, false), reals(new double[0], 2, 0)).sizes()).containsExactly(2, 0);
    }

    @Test
    void determinants() {
        assertThat(OpRun.run(new Det(), reals(new double[] {2, 7, 1, 5}, 2, 2)).reals()).containsExactly(3);
        assertThat(OpRun.run(new Det(), reals(new double[] {0, 1, 1, 0}, 2, 2)).reals()).containsExactly(-1);
        assertThat(OpRun.run(new Det(), reals(new double[] {1, 1, 1, 1}, 2, 2)).reals()).containsExactly(0);
        assertThat(OpRun.run(new Det(), reals(new double[] {Double.NaN}, 1, 1)).reals()).containsExactly(Double.NaN);
        assertThat(OpRun.run(new Det(), reals(new double[0], 3, 0, 0)).reals()).containsExactly(1, 1, 1);
        assertThatThrownBy(() -> OpRun.run(new Det(), reals(new double[6], 2, 3)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("matrices must be square");
        assertThatThrownBy(() -> OpRun.run(new Det(), reals(new double[6], 6)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("must be [..., n, n]");
    }

    @Test
    void regionsOutsideAreZero() {
        Tensor image = reals(new double[] {-5, -1, -3, -2}, 1, 1, 2, 2);
        var op = new MaxRoiPool(1, 2, 1);
        assertThat(OpRun.run(op, image, reals(new double[] {0, 0, 0, 1, 1}, 1, 5)).reals()).containsExactly(-3, -1);
        assertThat(OpRun.run(op, image, reals(new double[] {0, 7, 7, 9, 9}, 1, 5)).reals()).containsExactly(0, 0);
        // A corner beyond the other one: a single element.
        assertThat(OpRun.run(op, image, reals(new double[] {0, 1, 1, 0, 0}, 1, 5)).reals()).containsExactly(-2, -2);
        assertThatThrownBy(() -> OpRun.run(op, image, reals(new double[] {1, 0, 0, 1, 1}, 1, 5)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("image 1 of");
        assertThatThrownBy(() -> OpRun.run(op, image, reals(new double[4], 1, 4)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("an image number and 4 coordinates");
    }
}
