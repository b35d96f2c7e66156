package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.graph;
import static dev.skive.ir.op.OpRun.reals;
import static dev.skive.ir.op.OpRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// [Softmax], [LayerNorm] and [RmsNorm] against the same formulas spelled out in smaller operators.
final class NormalizationTest {
    private static final double EPSILON = 1e-3;

    @Property(tries = 60)
    void softmaxIsExpOverItsSum(@ForAll long seed, @ForAll @IntRange(max = 2) int axis) {
        Tensor x = OpRun.random(seed, 2, 3, 4);
        Tensor power = run(new Exp(), x);
        Tensor sum = run(new ReduceSum(ImmutableList.of(axis), true), power);
        assertClose(run(new Softmax(axis), x), run(new Div(), power, sum));
    }

    @Test
    void softmaxOfLargeAndInfiniteNumbers() {
        assertThat(run(new Softmax(0), reals(new double[] {1e6, 1e6, -1e6}, 3)).reals()).containsExactly(0.5, 0.5, 0);
        double infinite = Double.NEGATIVE_INFINITY;
        assertThat(run(new Softmax(0), reals(new double[] {infinite, 0}, 2)).reals()).containsExactly(0, 1);
        assertThat(run(new Softmax(0), reals(new double[] {infinite, infinite}, 2)).reals())
                .containsExactly(Double.NaN, Double.NaN);
        assertThat(run(new Softmax(1), reals(new double[0], 2, 0)).sizes()).containsExactly(2, 0);
        assertThatThrownBy(() -> graph(new Softmax(2), floats(3, 4))).hasMessageContaining("axis 2 is outside");
    }

    @Property(tries = 60)
    void layerNormIsItsFormula(@ForAll long seed, @ForAll @IntRange(max = 2) int axis) {
        Tensor x = OpRun.random(seed, 2, 3, 4);
        Tensor scale = OpRun.random(seed + 1, 4);
        Tensor bias = OpRun.random(seed + 2, 4);
        Tensor centred = run(new Sub(), x, run(new ReduceMean(from(axis), true), x));
        Tensor scaled = run(new Mul(), run(new Div(), centred, root(centred, axis)), scale);
        assertClose(run(new LayerNorm(axis, EPSILON), x, scale), scaled);
        assertClose(run(new LayerNorm(axis, EPSILON), x, scale, bias), run(new Add(), scaled, bias));
    }

    @Property(tries = 60)
    void rmsNormIsItsFormula(@ForAll long seed, @ForAll @IntRange(max = 2) int axis) {
        Tensor x = OpRun.random(seed, 2, 3, 4);
        Tensor scale = OpRun.random(seed + 1, 1);
        Tensor expected = run(new Mul(), run(new Div(), x, root(x, axis)), scale);
        assertClose(run(new RmsNorm(axis, EPSILON), x, scale), expected);
    }

    private static ImmutableList<Integer> from(int axis) {
        return ImmutableList.of(0, 1, 2).subList(axis, 3);
    }

    private static Tensor root(Tensor x, int axis) {
        Tensor mean = run(new ReduceMean(from(axis), true), run(new Mul(), x, x));
        return run(new Sqrt(), run(new Add(), mean, reals(new double[] {EPSILON})));
    }

    private static void assertClose(Tensor found, Tensor expected) {
        assertThat(found.sizes()).isEqualTo(expected.sizes());
        assertThat(found.reals()).containsExactly(expected.reals(), within(1e-12));
    }

    @Test
    void factorsMustFitTheNormalizedAxes() {
        assertThatThrownBy(() -> graph(new LayerNorm(1, EPSILON), floats(2, 4), floats(3)))
                .hasMessageContaining("operand 1 f32[3] does not broadcast to [4]");
        assertThatThrownBy(() -> graph(new LayerNorm(1, EPSILON), floats(2, 1), floats(1), floats(5)))
                .hasMessageContaining("operand 2 f32[5] does not broadcast to [1]");
        assertThatThrownBy(() -> graph(new RmsNorm(1, EPSILON), floats(2, 4), floats(2, 4)))
                .hasMessageContaining("operand 1 f32[2,4] does not broadcast to [4]");
        assertThatThrownBy(() -> graph(new LayerNorm(-1, EPSILON), floats(2, 4), floats(4)))
                .hasMessageContaining("axis -1 is outside");
        assertThatThrownBy(() -> graph(new RmsNorm(2, EPSILON), floats(2, 4), floats(4)))
                .hasMessageContaining("axis 2 is outside");
    }
}
