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
import dev.skive.ir.eval.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class AttentionTest {
    private static final int BATCH = 2;
    private static final int QUERIES = 3;
    private static final int KEYS = 4;
    private static final long SIZE = 2;
    private static final long VALUE_SIZE = 3;
    private static final double SCALE = 0.7;

    @Property(tries = 60)
    void itAgreesWithTheFormula(@ForAll long seed, @ForAll boolean grouped, @ForAll boolean masked) {
        int queryHeads = 4;
        int keyHeads = grouped ? 2 : 4;
        Tensor q = OpRun.random(seed, BATCH, QUERIES, queryHeads * SIZE);
        Tensor k = OpRun.random(seed + 1, BATCH, KEYS, keyHeads * SIZE);
        Tensor v = OpRun.random(seed + 2, BATCH, KEYS, keyHeads * VALUE_SIZE);
        Tensor mask =
                masked ? OpRun.random(seed + 3, BATCH, 1, 1, KEYS) : reals(new double[KEYS * BATCH], BATCH, 1, 1, KEYS);
        var op = new Attention(queryHeads, keyHeads, SCALE);
        Tensor found = masked ? run(op, q, k, v, mask) : run(op, q, k, v);
        assertThat(found.sizes()).containsExactly(BATCH, QUERIES, queryHeads * VALUE_SIZE);
        for (int i = 0; i < found.count(); i++) {
            long[] index = OpRun.index(found, i);
            double expected = expected(new Tensor[] {q, k, v, mask}, index, queryHeads / keyHeads);
            assertThat(found.reals()[i]).isCloseTo(expected, within(1e-12));
        }
    }

    private static double expected(Tensor[] operands, long[] index, int headsPerKey) {
        long head = index[2] / VALUE_SIZE;
        long keyHead = head / headsPerKey;
        double sum = 0;
        double weighted = 0;
        for (int key = 0; key < KEYS; key++) {
            double score = 0;
            for (int i = 0; i < SIZE; i++) {
                score +=
                        at(operands[0], index[0], index[1], head * SIZE + i)
                                * at(operands[1], index[0], key, keyHead * SIZE + i);
            }
            double power = Math.exp(score * SCALE + at(operands[3], index[0], 0, 0, key));
            sum += power;
            weighted += power * at(operands[2], index[0], key, keyHead * VALUE_SIZE + index[2] % VALUE_SIZE);
        }
        return weighted / sum;
    }

    @Test
    void aMaskedKeyHasNoInfluence() {
        Tensor q = OpRun.random(1, 1, 2, 4);
        Tensor k = OpRun.random(2, 1, 3, 4);
        Tensor v = OpRun.random(3, 1, 3, 4);
        Tensor mask = reals(new double[] {0, 0, Double.NEGATIVE_INFINITY}, 3);
        var op = new Attention(2, 2, 0.5);
        Tensor shorter = run(op, q, firstKeys(k), firstKeys(v));
        assertThat(run(op, q, k, v, mask)).isEqualTo(shorter);
    }

    private static Tensor firstKeys(Tensor tensor) {
        return reals(java.util.Arrays.copyOf(tensor.reals(), 8), 1, 2, 4);
    }

    @Test
    void largeScoresDoNotOverflow() {
        Tensor q = reals(new double[] {1e3}, 1, 1, 1);
        Tensor k = reals(new double[] {1e3, -1e3}, 1, 2, 1);
        Tensor v = reals(new double[] {5, 7}, 1, 2, 1);
        assertThat(run(new Attention(1, 1, 1), q, k, v).reals()).containsExactly(5);
    }

    @Test
    void headsAndSizesMustFit() {
        assertThatThrownBy(() -> graph(new Attention(3, 3, 1), floats(1, 2, 4), floats(1, 2, 4), floats(1, 2, 4)))
                .hasMessageContaining("the last axis of [1,2,4] does not divide by 3 heads");
        assertThatThrownBy(() -> graph(new Attention(3, 2, 1), floats(1, 2, 6), floats(1, 2, 4), floats(1, 2, 4)))
                .hasMessageContaining("3 query heads for 2 key heads");
        assertThatThrownBy(() -> graph(new Attention(2, 2, 1), floats(1, 2, 4), floats(1, 2, 8), floats(1, 2, 4)))
                .hasMessageContaining("Q [1,2,4] and K [1,2,8] have other head sizes");
        assertThatThrownBy(() -> graph(new Attention(2, 2, 1), floats(1, 2, 4), floats(1, 3, 4), floats(1, 2, 4)))
                .hasMessageContaining("K [1,3,4] and V [1,2,4] have other lengths");
        assertThatThrownBy(() -> graph(new Attention(2, 2, 1), floats(1, 2, 4), floats(2, 3, 4), floats(2, 3, 4)))
                .hasMessageContaining("have other batch sizes");
        assertThatThrownBy(() ->
                        graph(
                                new Attention(1, 1, 1),
                                floats(1, 2, 4),
                                floats(1, 3, 4),
                                floats(1, 3, 4),
                                floats(5, 1, 1, 3)))
                .hasMessageContaining("operand 3 f32[5,1,1,3] does not broadcast to [1,1,2,3]");
    }

    @Test
    void sizesThatTurnOutDifferentAreAnError() {
        var open = graph(new Attention(1, 1, 1), floats(-1, 2, 4), floats(-2, 3, 4), floats(-3, 3, 4));
        assertThatThrownBy(
                        () -> run(open, OpRun.random(1, 2, 2, 4), OpRun.random(1, 2, 3, 4), OpRun.random(1, 1, 3, 4)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("attention: Q [2, 2, 4], K [2, 3, 4] and V [1, 3, 4] do not fit each other");
    }
}
