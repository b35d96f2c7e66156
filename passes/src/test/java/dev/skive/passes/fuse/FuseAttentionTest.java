package dev.skive.passes.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.rule.FiredRules;
import dev.skive.passes.rule.Sample;
import org.junit.jupiter.api.Test;

/// What the pass says when it finds no attention.
class FuseAttentionTest {
    private final Sample sample = new Sample(1, ElementType.FLOAT32, false);

    private String reason(Value... outputs) {
        Graph graph = sample.graph(outputs);
        var events = new FiredRules();
        assertThat(new FuseAttention().run(graph, events.context())).isSameAs(graph);
        assertThat(events.said()).hasSize(1);
        return events.said().getFirst();
    }

    private Value attend(Value weights) {
        return sample.add(new MatMul(), weights, sample.input(1, 2, 4, 5));
    }

    @Test
    void namesTheSoftmaxAndTheReason() {
        assertThat(reason(sample.add(new Relu(), sample.input(2))))
                .isEqualTo("fuse-attention: there is no softmax node");
    }

    @Test
    void weightsAreAnOutput() {
        assertThat(reason(sample.add(new Softmax(1), sample.input(2, 3))))
                .isEqualTo(
                        "fuse-attention: a softmax is not part of attention: its weights are an output of the model"
                                + " (node 'softmax')");
    }

    @Test
    void weightsAreUsedTwice() {
        Value weights = sample.add(new Softmax(3), sample.input(1, 2, 3, 4));

        assertThat(reason(attend(weights), weights)).contains("its weights are used 2 times");
    }

    @Test
    void scoresAreNoProduct() {
        Value weights = sample.add(new Softmax(3), sample.add(new Relu(), sample.input(1, 2, 3, 4)));

        assertThat(reason(attend(weights))).contains("its scores come from 'relu', not from a product");
    }

    @Test
    void sumsThatShareTheirSummandsDoNotTakeForever() {
        Value scores = sample.input(1, 2, 3, 4);
        for (int i = 0; i < 100; i++) {
            scores = sample.add(new Add(), scores, scores);
        }

        assertThat(reason(attend(sample.add(new Softmax(3), scores)))).contains("its scores come from 'add'");
    }

    @Test
    void headsDiffer() {
        Value scores = sample.add(new MatMul(), sample.input(1, 1, 3, 5), sample.input(1, 2, 5, 4));

        assertThat(reason(attend(sample.add(new Softmax(3), scores)))).contains("differ in batch or heads");
    }

    @Test
    void axesAreMissing() {
        Value scores = sample.add(new MatMul(), sample.input(2, 3, 5), sample.input(2, 5, 4));
        Value attended = sample.add(new MatMul(), sample.add(new Softmax(2), scores), sample.input(2, 4, 5));

        assertThat(reason(attended)).contains("do not have the axes batch, heads, queries, keys");
    }
}
