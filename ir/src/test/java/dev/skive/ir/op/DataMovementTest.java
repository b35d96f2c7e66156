package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.at;
import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.graph;
import static dev.skive.ir.op.OpRun.integers;
import static dev.skive.ir.op.OpRun.longs;
import static dev.skive.ir.op.OpRun.reals;
import static dev.skive.ir.op.OpRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The operators that move elements, against index arithmetic position by position.
final class DataMovementTest {
    private static final Dim OPEN = Dim.symbol("s1");

    @Provide
    Arbitrary<List<Integer>> permutations() {
        return Arbitraries.shuffle(0, 1, 2);
    }

    @Property(tries = 30)
    void transposeMovesAxes(@ForAll long seed, @ForAll("permutations") List<Integer> order) {
        Tensor x = OpRun.random(seed, 2, 3, 4);
        Tensor found = run(new Transpose(ImmutableList.copyOf(order)), x);
        for (int i = 0; i < found.count(); i++) {
            long[] index = OpRun.index(found, i);
            var from = new long[3];
            for (int axis = 0; axis < 3; axis++) {
                from[order.get(axis)] = index[axis];
            }
            assertThat(found.reals()[i]).isEqualTo(at(x, from));
        }
    }

    @Property(tries = 60)
    void gatherPicksAlongItsAxis(@ForAll long seed, @ForAll @IntRange(max = 2) int axis) {
        Tensor x = OpRun.random(seed, 2, 3, 4);
        Tensor ids = OpRun.randomIds(seed, x.size(axis), 2, 2);
        Tensor found = run(new Gather(axis), x, ids);
        assertThat(found.rank()).isEqualTo(4);
        for (int i = 0; i < found.count(); i++) {
            long[] index = OpRun.index(found, i);
            var from = new long[3];
            for (int k = 0; k < 3; k++) {
                long picked = ids.integers()[Math.toIntExact(index[axis] * 2 + index[axis + 1])];
                from[k] = k < axis ? index[k] : k == axis ? picked : index[k + 1];
            }
            assertThat(found.reals()[i]).isEqualTo(at(x, from));
        }
    }

    @Property(tries = 100)
    void sliceStepsThroughItsOperand(
            @ForAll @IntRange(max = 4) int start, @ForAll @IntRange(max = 3) int count, @ForAll boolean backwards) {
        int step = backwards ? -2 : 2;
        int last = start + (count - 1) * step;
        var op =
                new Slice(
                        ImmutableList.of(Dim.ZERO, Dim.of(start)),
                        ImmutableList.of(Dim.of(2), Dim.of(count)),
                        ImmutableList.of(1L, (long) step));
        Tensor x = OpRun.random(start, 2, 5);
        if (count > 0 && (last < 0 || last > 4)) {
            assertThatThrownBy(() -> run(op, x)).hasMessageContaining("leave axis 1 of [2,5]");
            return;
        }
        Tensor found = run(op, x);
        assertThat(found.sizes()).containsExactly(2, count);
        for (int i = 0; i < found.count(); i++) {
            long[] index = OpRun.index(found, i);
            assertThat(found.reals()[i]).isEqualTo(at(x, index[0], start + index[1] * step));
        }
    }

    @Property(tries = 30)
    void concatUndoesSlices(@ForAll long seed, @ForAll @IntRange(max = 2) int axis) {
        Tensor x = OpRun.random(seed, 2, 3, 4);
        Dim rest = x.shape().dim(axis).plus(-1);
        Tensor first = run(Slice.along(x.shape(), axis, Dim.ZERO, Dim.ONE), x);
        Tensor others = run(Slice.along(x.shape(), axis, Dim.ONE, rest), x);
        assertThat(run(new Concat(axis), first, others)).isEqualTo(x);
        assertThat(run(new Concat(axis), x)).isEqualTo(x);
    }

    @Test
    void everyKindOfElementMoves() {
        Tensor text = Tensor.ofText(ImmutableList.of("a", "b"), 2);
        assertThat(run(new Concat(0), text, text).text()).containsExactly("a", "b", "a", "b");
        assertThat(run(new Gather(0), text, integers(new long[] {-1}, 1)).text()).containsExactly("b");
        Tensor bits = Tensor.ofIntegers(ElementType.BOOL, new long[] {1, 0}, 2);
        assertThat(run(new Concat(0), bits, bits).integers()).containsExactly(1, 0, 1, 0);
        assertThat(run(new Expand(ImmutableList.of(Dim.of(2), Dim.ONE)), text).text())
                .containsExactly("a", "b", "a", "b");
    }

    @Test
    void expandRepeats() {
        Tensor column = reals(new double[] {1, 2}, 2, 1);
        Tensor found = run(new Expand(ImmutableList.of(Dim.of(2), Dim.ONE, Dim.of(3))), column);
        assertThat(found.sizes()).containsExactly(2, 2, 3);
        assertThat(found.reals()).containsExactly(1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2);
        var open = graph(new Expand(ImmutableList.of(OPEN, Dim.of(2))), floats(-1, 1));
        assertThat(run(open, OpRun.random(1, 3, 1)).sizes()).containsExactly(3, 2);
    }

    @Test
    void rangesCount() {
        Tensor half = reals(new double[] {0.5});
        assertThat(run(new Range(Dim.of(3)), reals(new double[] {1}), half).reals()).containsExactly(1, 1.5, 2);
        Tensor down = integers(new long[] {-2});
        assertThat(run(new Range(Dim.of(3)), integers(new long[] {4}), down).integers()).containsExactly(4, 2, 0);
        assertThatThrownBy(() -> graph(new Range(Dim.of(3)), longs(1), longs()))
                .hasMessageContaining("operand 0 must have rank 0, found i64[1]");
        assertThatThrownBy(() -> graph(new Range(Dim.of(-3)), longs(), longs()))
                .hasMessageContaining("the result i64[-3] has a negative size");
    }

    @Test
    void shapesAreData() {
        Tensor x = OpRun.random(1, 2, 3, 4);
        assertThat(run(new ShapeOf(0, 3), x).integers()).containsExactly(2, 3, 4);
        assertThat(run(new ShapeOf(1, 2), x).integers()).containsExactly(3);
        assertThat(run(new ShapeOf(1, 1), x).sizes()).containsExactly(0);
        assertThatThrownBy(() -> graph(new ShapeOf(2, 4), floats(3, 4)))
                .hasMessageContaining("axes 2 to 4 are outside");
    }

    @Test
    void reshapeKeepsTheOrder() {
        Tensor x = OpRun.random(1, 2, 6);
        Tensor found = run(new Reshape(ImmutableList.of(Dim.of(3), Dim.of(4))), x);
        assertThat(found.reals()).isEqualTo(x.reals());
        assertThat(found.sizes()).containsExactly(3, 4);
        assertThatThrownBy(() -> graph(new Reshape(ImmutableList.of(Dim.of(5))), floats(2, 3)))
                .hasMessageContaining("[2,3] has 6 elements, [5] has 5");
        var open = graph(new Reshape(ImmutableList.of(Dim.of(2), Dim.of(2))), floats(-1, 2));
        assertThat(run(open, OpRun.random(1, 2, 2)).sizes()).containsExactly(2, 2);
        assertThatThrownBy(() -> run(open, OpRun.random(1, 3, 2)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("reshape: 6 elements of [3, 2] do not fill [2, 2]");
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> graph(new Concat(0), floats(2, 3), floats(2, 4)))
                .hasMessageContaining("operand 0 [2,3] and operand 1 [2,4] differ beside axis 0");
        assertThatThrownBy(() -> graph(new Concat(-1), floats(2, 3))).hasMessageContaining("axis -1 is outside");
        assertThatThrownBy(() -> graph(new Gather(-1), floats(2, 3), longs(2)))
                .hasMessageContaining("axis -1 is outside");
        assertThatThrownBy(() -> graph(new Gather(0), floats(2, 3), floats(2)))
                .hasMessageContaining("operand 1 must be integer, found f32[2]");
        assertThatThrownBy(() -> graph(new Transpose(ImmutableList.of(0, 0)), floats(2, 3)))
                .hasMessageContaining("perm [0, 0] is not a permutation of the axes of [2,3]");
        assertThatThrownBy(
                        () -> graph(new Slice(ImmutableList.of(), ImmutableList.of(), ImmutableList.of()), floats(2)))
                .hasMessageContaining("must have one entry per axis of [2]");
    }

    @Test
    void whatOnlyARunCanCheckIsCheckedThere() {
        var joined = graph(new Concat(1), floats(-1, 2), floats(-2, 2));
        assertThatThrownBy(() -> run(joined, OpRun.random(1, 3, 2), OpRun.random(1, 4, 2)))
                .hasMessageContaining("concat: sizes [4, 2] and [3, 4] differ beside the axis");
        var cut =
                graph(
                        new Slice(ImmutableList.of(Dim.ONE), ImmutableList.of(Dim.of(3)), ImmutableList.of(1L)),
                        floats(-1));
        assertThat(run(cut, OpRun.random(1, 4)).count()).isEqualTo(3);
        assertThatThrownBy(() -> run(cut, OpRun.random(1, 3)))
                .hasMessageContaining("slice: elements 1 to 3 leave axis 0 of [3]");
        var shorter = graph(Slice.along(floats(-1).shape(), 0, Dim.ZERO, OPEN.plus(-5)), floats(-1));
        assertThatThrownBy(() -> run(shorter, OpRun.random(1, 3)))
                .hasMessageContaining("slice: result [s1-5] would have sizes [-2]");
        assertThatThrownBy(() -> run(new Gather(1), OpRun.random(1, 2, 3), integers(new long[] {3}, 1)))
                .hasMessage("node 'node': gather: index 3 is outside [-3, 3)");
        assertThat(Arrays.stream(run(new Gather(0), OpRun.random(1, 0), integers(new long[0], 0)).reals())).isEmpty();
    }
}
