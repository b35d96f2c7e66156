package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.at;
import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.graph;
import static dev.skive.ir.op.OpRun.integers;
import static dev.skive.ir.op.OpRun.reals;
import static dev.skive.ir.op.OpRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class MatMulTest {
    @Test
    void aSmallProduct() {
        Tensor a = reals(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Tensor b = reals(new double[] {1, 0, 0, 1, 2, 2}, 3, 2);
        assertThat(run(new MatMul(), a, b)).isEqualTo(reals(new double[] {7, 8, 16, 17}, 2, 2));
    }

    @Property(tries = 100)
    void batchesBroadcast(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(max = 4) int inner,
            @ForAll @IntRange(min = 1, max = 4) int columns) {
        Tensor a = OpRun.random(seed, 2, 1, rows, inner);
        Tensor b = OpRun.random(seed + 1, 3, inner, columns);
        Tensor found = run(new MatMul(), a, b);
        assertThat(found.sizes()).containsExactly(2, 3, rows, columns);
        for (int i = 0; i < found.count(); i++) {
            long[] index = OpRun.index(found, i);
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += at(a, index[0], 0, index[2], k) * at(b, index[1], k, index[3]);
            }
            assertThat(found.reals()[i]).isCloseTo(sum, within(1e-12));
        }
    }

    @Test
    void vectorsAreRowsOnTheLeftAndColumnsOnTheRight() {
        Tensor v = reals(new double[] {1, 2}, 2);
        Tensor m = reals(new double[] {1, 2, 3, 4}, 2, 2);
        assertThat(run(new MatMul(), v, m)).isEqualTo(reals(new double[] {7, 10}, 2));
        assertThat(run(new MatMul(), m, v)).isEqualTo(reals(new double[] {5, 11}, 2));
        assertThat(run(new MatMul(), v, v)).isEqualTo(reals(new double[] {5}));
        assertThat(run(new MatMul(), v, OpRun.random(1, 3, 2, 4)).sizes()).containsExactly(3, 4);
        assertThat(run(new MatMul(), OpRun.random(1, 3, 4, 2), v).sizes()).containsExactly(3, 4);
    }

    @Test
    void integersWrap() {
        Tensor a = Tensor.ofIntegers(ElementType.INT8, new long[] {100, 100}, 1, 2);
        assertThat(run(new MatMul(), a, a.reshape(2, 1)).integers()).containsExactly(20_000 % 256);
        assertThat(run(new MatMul(), integers(new long[] {2, 3}, 1, 2), integers(new long[] {4, 5}, 2, 1)).integers())
                .containsExactly(23);
    }

    @Test
    void innerSizesMustAgree() {
        assertThatThrownBy(() -> graph(new MatMul(), floats(2, 3), floats(4, 5)))
                .hasMessageContaining("inner sizes differ: 3 of [2,3] and 4 of [4,5]");
        assertThatThrownBy(() -> graph(new MatMul(), floats(), floats(4)))
                .hasMessageContaining("operands must have rank 1 or more, found [] and [4]");
        assertThatThrownBy(() -> graph(new MatMul(), floats(2, 2, 3), floats(3, 3, 5)))
                .hasMessageContaining("do not broadcast");
        var open = graph(new MatMul(), floats(2, -1), floats(-2, 3));
        assertThatThrownBy(() -> run(open, OpRun.random(1, 2, 4), OpRun.random(1, 5, 3)))
                .isInstanceOf(SkiveException.class)
                .hasMessage("node 'node': mat-mul: inner sizes differ: [2, 4] and [5, 3]");
    }
}
