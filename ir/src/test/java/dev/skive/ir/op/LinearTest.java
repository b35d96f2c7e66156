package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.graph;
import static dev.skive.ir.op.OpRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.eval.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LinearTest {
    @Property(tries = 50)
    void itIsAProductAndASum(@ForAll long seed) {
        Tensor x = OpRun.random(seed, 2, 3, 4);
        Tensor weight = OpRun.random(seed + 1, 4, 5);
        Tensor bias = OpRun.random(seed + 2, 5);
        Tensor product = run(new MatMul(), x, weight);
        assertThat(run(new Linear(), x, weight)).isEqualTo(product);
        assertThat(run(new Linear(), x, weight, bias)).isEqualTo(run(new Add(), product, bias));
    }

    @Test
    void vectorsGoInAndOut() {
        assertThat(run(new Linear(), OpRun.random(1, 4), OpRun.random(2, 4, 5)).sizes()).containsExactly(5);
    }

    @Test
    void sizesMustAgree() {
        assertThatThrownBy(() -> graph(new Linear(), floats(-1, 4), floats(5, 3)))
                .hasMessageContaining("the last axis of operand 0 [s1,4] and the first of the weight [5,3] differ");
        assertThatThrownBy(() -> graph(new Linear(), floats(-1, 4), floats(4, 3), floats(4)))
                .hasMessageContaining("bias [4] does not fit the weight [4,3]");
        assertThatThrownBy(() -> graph(new Linear(), floats(-1, 4), floats(2, 4, 3)))
                .hasMessageContaining("operand 1 must have rank 2, found f32[2,4,3]");
        var open = graph(new Linear(), floats(-1, 4), floats(4, -2), floats(-3));
        assertThatThrownBy(() -> run(open, OpRun.random(1, 2, 4), OpRun.random(1, 4, 3), OpRun.random(1, 2)))
                .hasMessageContaining("linear: [2] does not fit rows of [2, 3]");
    }
}
