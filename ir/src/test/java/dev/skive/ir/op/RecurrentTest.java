package dev.skive.ir.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecurrentTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final Activation LINEAR = new Activation(Activation.Kind.AFFINE, 1, 0);
    private static final Activation SIGMOID = Activation.Kind.SIGMOID.usual();

    private static Tensor tensor(double[] values, long... sizes) {
        return Tensor.ofReals(ElementType.FLOAT32, values, sizes);
    }

    private static Tensor one(long... sizes) {
        return tensor(new double[] {1}, sizes);
    }

    /// Without a nonlinearity `h = x + 2 h` counts in binary.
    @Test
    void stepsFollowEachOther() {
        Tensor x = tensor(new double[] {1, 0, 1}, 3, 1, 1);
        Tensor two = tensor(new double[] {2}, 1, 1);
        assertThat(OpRun.run(new Rnn(false, LINEAR, NEVER), x, one(1, 1), two).reals()).containsExactly(1, 2, 5, 5);
        assertThat(OpRun.run(new Rnn(true, LINEAR, NEVER), x, one(1, 1), two).reals()).containsExactly(5, 2, 1, 5);
        assertThat(OpRun.run(new Rnn(false, LINEAR, 1.5), x, one(1, 1), two).reals()).containsExactly(1, 1.5, 1.5, 1.5);
    }

    @Test
    void shortSequencesEndInZeros() {
        Tensor x = tensor(new double[] {1, 1, 1, 3, 3, 3}, 2, 3, 1);
        Tensor lengths = Tensor.ofIntegers(ElementType.INT32, new long[] {2, 1, 0}, 3);
        Tensor zero = tensor(new double[1], 1);
        Tensor first = tensor(new double[] {10, 10, 10}, 3, 1);
        Tensor[] operands = {x, one(1, 1), one(1, 1), zero, lengths, first};
        assertThat(OpRun.run(new Rnn(false, LINEAR, NEVER), operands).reals())
                .containsExactly(11, 11, 0, 14, 0, 0, 14, 11, 0);
        assertThat(OpRun.run(new Rnn(true, LINEAR, NEVER), operands).reals())
                .containsExactly(14, 11, 0, 13, 0, 0, 14, 11, 0);
    }

    /// With all gates at a half, `c = c / 2 + x / 2` and `h = c / 2`.
    @Test
    void lstmKeepsACell() {
        Tensor x = tensor(new double[] {4, 8}, 2, 1, 1);
        Tensor w = tensor(new double[] {0, 0, 0, 1}, 1, 4);
        Tensor r = tensor(new double[4], 1, 4);
        var op = new Lstm(false, SIGMOID, LINEAR, LINEAR, NEVER, false);
        assertThat(OpRun.run(op, x, w, r).reals()).containsExactly(1, 2.5, 2.5, 5);
        assertThat(OpRun.run(new Lstm(false, SIGMOID, LINEAR, LINEAR, NEVER, true), x, w, r).reals())
                .containsExactly(1, 2.5, 2.5, 5);
    }

    /// With all gates at a half, `h = n / 2 + h / 2`, where the reset halves the state or the product with its bias.
    @Test
    void gruResetsBeforeOrAfterTheProduct() {
        Tensor x = tensor(new double[] {4}, 1, 1, 1);
        Tensor w = tensor(new double[] {0, 0, 1}, 1, 3);
        Tensor r = tensor(new double[] {0, 0, 3}, 1, 3);
        Tensor bias = tensor(new double[3], 3);
        Tensor length = Tensor.ofIntegers(ElementType.INT32, new long[] {1}, 1);
        Tensor first = tensor(new double[] {2}, 1, 1);
        var before = new Gru(false, SIGMOID, LINEAR, NEVER, false);
        assertThat(OpRun.run(before, x, w, r, bias, length, first).reals()).containsExactly(4.5, 4.5);
        var after = new Gru(false, SIGMOID, LINEAR, NEVER, true);
        Tensor hiddenBias = tensor(new double[] {10}, 1);
        assertThat(OpRun.run(after, x, w, r, bias, length, first, hiddenBias).reals()).containsExactly(7, 7);
    }

    @ParameterizedTest
    @EnumSource(Activation.Kind.class)
    void expressionsAreTheFunctions(Activation.Kind kind) {
        var activation = new Activation(kind, 0.75, 0.25);
        double[] at = {-50, -2, -0.5, 0, 0.5, 0.75, 2, 50};
        Tensor x = Tensor.ofReals(ElementType.FLOAT64, at, at.length);
        var frame = new ScalarFrame(com.google.common.collect.ImmutableList.of(x), at.length);
        double[] values = frame.evaluate(activation.expression(ScalarExpr.argument(0)), ElementType.FLOAT64).reals();
        for (int i = 0; i < at.length; i++) {
            assertThat(activation.of(at[i])).isCloseTo(values[i], within(1e-15 * Math.max(1, Math.abs(values[i]))));
        }
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        Tensor x = tensor(new double[6], 2, 1, 3);
        Tensor r = tensor(new double[4], 2, 2);
        var op = new Rnn(false, LINEAR, NEVER);
        assertThatThrownBy(() -> OpRun.run(op, x, tensor(new double[4], 2, 2), r))
                .hasMessageContaining("operand 1 must have shape [3,2], found [2,2]");
        assertThatThrownBy(() -> OpRun.run(new Rnn(false, LINEAR, -1), x, tensor(new double[6], 3, 2), r))
                .hasMessageContaining("the bound -1.0 of activations is negative");
        Tensor lengths = Tensor.ofIntegers(ElementType.INT32, new long[] {3}, 1);
        assertThatThrownBy(() -> OpRun.run(op, x, tensor(new double[6], 3, 2), r, tensor(new double[2], 2), lengths))
                .hasMessageContaining("sequence 0 has length 3, which is outside [0, 2]");
    }
}
