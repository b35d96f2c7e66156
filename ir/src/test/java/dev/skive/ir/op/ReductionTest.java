package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.graph;
import static dev.skive.ir.op.OpRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ReductionTest {
    private static final ImmutableList<Integer> ALL = ImmutableList.of(0);

    @Property(tries = 200)
    void foldsAgreeWithLoops(
            @ForAll long seed, @ForAll Set<@IntRange(max = 2) Integer> chosen, @ForAll boolean keepDims) {
        var axes = ImmutableList.sortedCopyOf(chosen);
        Tensor x = OpRun.random(seed, 2, 3, 4);
        double count = axes.stream().mapToInt(x::size).reduce(1, Math::multiplyExact);
        check(new ReduceSum(axes, keepDims), x, 0, Double::sum);
        check(new ReduceProd(axes, keepDims), x, 1, (a, b) -> a * b);
        check(new ReduceMax(axes, keepDims), x, Double.NEGATIVE_INFINITY, Math::max);
        check(new ReduceMin(axes, keepDims), x, Double.POSITIVE_INFINITY, Math::min);
        check(new ReduceMean(axes, keepDims), x, 0, (a, b) -> a + b / count);
    }

    private static void check(Reduction op, Tensor x, double start, DoubleBinaryOperator fold) {
        long[] kept = x.sizes();
        op.axes().forEach(axis -> kept[axis] = 1);
        Tensor found = run(op, x);
        assertThat(found.rank()).isEqualTo(op.keepDims() ? 3 : 3 - op.axes().size());
        Tensor shaped = found.reshape(kept);
        for (int i = 0; i < shaped.count(); i++) {
            long[] target = OpRun.index(shaped, i);
            double expected = start;
            for (int k = 0; k < x.count(); k++) {
                long[] index = OpRun.index(x, k);
                op.axes().forEach(axis -> index[axis] = 0);
                expected = Arrays.equals(index, target) ? fold.applyAsDouble(expected, x.reals()[k]) : expected;
            }
            assertThat(shaped.reals()[i]).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void integersAreFoldedBeforeTheyWrap() {
        Tensor bytes = integers(ElementType.INT8, 100, 100, 100);
        assertThat(run(new ReduceMean(ALL, false), bytes).integers()).containsExactly(100);
        assertThat(run(new ReduceSum(ALL, false), bytes).integers()).containsExactly(44);
        assertThat(run(new ReduceMean(ALL, false), integers(ElementType.INT32, -7, 0)).integers()).containsExactly(-3);
    }

    @Test
    void unsignedNumbersAreComparedUnsigned() {
        Tensor large = integers(ElementType.UINT64, Long.MIN_VALUE + 5, -1);
        assertThat(run(new ReduceMin(ALL, false), large).integers()).containsExactly(Long.MIN_VALUE + 5);
        assertThat(run(new ReduceMax(ALL, false), large).integers()).containsExactly(-1);
    }

    private static Tensor integers(ElementType element, long... values) {
        return Tensor.ofIntegers(element, values, values.length);
    }

    @Test
    void foldsOfNothingGiveTheirStart() {
        Tensor nothing = OpRun.reals(new double[0], 2, 0);
        var last = ImmutableList.of(1);
        assertThat(run(new ReduceSum(last, false), nothing).reals()).containsExactly(0, 0);
        assertThat(run(new ReduceProd(last, false), nothing).reals()).containsExactly(1, 1);
        assertThat(run(new ReduceMean(last, false), nothing).reals()).containsExactly(Double.NaN, Double.NaN);
        assertThat(run(new ReduceMax(last, true), nothing).sizes()).containsExactly(2, 1);
        assertThat(run(new ReduceMin(last, false), Tensor.ofIntegers(ElementType.INT8, new long[0], 1, 0)).integers())
                .containsExactly(127);
        assertThat(run(new ReduceSum(ALL, false), nothing).sizes()).containsExactly(0);
    }

    @Test
    void axesAreAscendingAndInside() {
        assertThatThrownBy(() -> graph(new ReduceSum(ImmutableList.of(2), true), floats(3, 4)))
                .hasMessageContaining("axis 2 is outside operand 0 f32[3,4]");
        assertThatThrownBy(() -> graph(new ReduceSum(ImmutableList.of(-1), true), floats(3, 4)))
                .hasMessageContaining("axis -1 is outside operand 0 f32[3,4] (the IR counts axes from the front)");
        assertThatThrownBy(() -> graph(new ReduceSum(ImmutableList.of(1, 0), true), floats(3, 4)))
                .hasMessageContaining("axes [1, 0] are not ascending");
        assertThatThrownBy(() -> graph(new ReduceSum(ALL, true), OpRun.type(ElementType.BOOL, 3)))
                .hasMessageContaining("must be floating-point or integer");
    }
}
