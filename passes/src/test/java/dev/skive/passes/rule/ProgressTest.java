package dev.skive.passes.rule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Relu;
import dev.skive.ir.type.ElementType;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static Graph graph(boolean abs) {
        var sample = new Sample(1, ElementType.FLOAT32, false);
        return sample.graph(sample.add(abs ? new Abs() : new Relu(), sample.input(2)));
    }

    @Test
    void reportsAGraphSeenBefore() {
        var progress = new Progress(graph(true));
        progress.after(ImmutableList.of("abs-to-relu", "other", "abs-to-relu"), graph(false));

        assertThatThrownBy(() -> progress.after(ImmutableList.of("relu-to-abs"), graph(true)))
                .isInstanceOf(SkiveException.class)
                .hasMessage(
                        "the rules do not come to an end: they came back to a graph seen before; fired most: "
                                + "abs-to-relu (2 times), other (1 times), relu-to-abs (1 times)");
    }
}
