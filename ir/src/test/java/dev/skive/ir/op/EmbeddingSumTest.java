package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.graph;
import static dev.skive.ir.op.OpRun.integers;
import static dev.skive.ir.op.OpRun.longs;
import static dev.skive.ir.op.OpRun.reals;
import static dev.skive.ir.op.OpRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EmbeddingSumTest {
    @Property(tries = 50)
    void itIsGathersAndAdds(@ForAll long seed) {
        Tensor words = OpRun.random(seed, 7, 3);
        Tensor positions = OpRun.random(seed + 1, 5, 3);
        Tensor ids = OpRun.randomIds(seed + 2, 7, 2, 5);
        Tensor order = OpRun.randomIds(seed + 3, 5, 1, 5);
        Tensor sum = run(new Add(), run(new Gather(0), words, ids), run(new Gather(0), positions, order));
        assertThat(run(new EmbeddingSum(), words, ids, positions, order)).isEqualTo(sum);
    }

    @Test
    void negativeIdsCountFromTheEnd() {
        Tensor table = reals(new double[] {1, 2, 3, 4}, 2, 2);
        assertThat(run(new EmbeddingSum(), table, integers(new long[] {-1}, 1)).reals()).containsExactly(3, 4);
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> graph(new EmbeddingSum(), floats(4, 3), longs(2), floats(4, 3)))
                .hasMessageContaining("takes pairs of table and ids, found 3 operands");
        assertThatThrownBy(() -> graph(new EmbeddingSum(), floats(4, 3), longs(2), floats(4, 2), longs(2)))
                .hasMessageContaining("tables have widths 3 and 2");
        assertThatThrownBy(() -> graph(new EmbeddingSum(), floats(4, 3), floats(2)))
                .hasMessageContaining("operand 1 must be integer, found f32[2]");
        assertThatThrownBy(() -> run(new EmbeddingSum(), OpRun.random(1, 4, 3), integers(new long[] {4}, 1)))
                .isInstanceOf(SkiveException.class)
                .hasMessage("node 'node': embedding-sum: index 4 is outside [-4, 4)");
    }
}
