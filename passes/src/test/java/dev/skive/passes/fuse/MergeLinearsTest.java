package dev.skive.passes.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Linear;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.passes.Exactness;
import dev.skive.passes.rule.Faithfulness;
import dev.skive.passes.rule.FiredRules;
import dev.skive.passes.rule.Sample;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MergeLinearsTest {
    private static long linears(Graph graph) {
        return graph.nodes().stream().filter(node -> node.op() instanceof Linear).count();
    }

    private static Value linear(Sample sample, Value x, int width) {
        return sample.coin()
                ? sample.add(new Linear(), x, sample.weight(3, width))
                : sample.add(new Linear(), x, sample.weight(3, width), sample.weight(width));
    }

    @Property(tries = 200)
    void mergesLayersOfOneInput(@ForAll long seed) {
        var sample = new Sample(seed, ElementType.FLOAT64, false);
        Value x = sample.input(sample.shape(2).concat(Shape.of(3)));
        Graph graph = sample.graph(linear(sample, x, 2), linear(sample, x, 1), linear(sample, x, 4));

        Graph merged = GraphVerifier.verify(new MergeLinears().run(graph, new FiredRules().context()));

        assertThat(linears(merged)).isEqualTo(1);
        Faithfulness.check(Exactness.REASSOCIATING, graph, merged, sample.values(graph));
    }

    @Example
    void leavesLayersOfDifferentInputs() {
        var sample = new Sample(1, ElementType.FLOAT32, false);
        Graph graph = sample.graph(linear(sample, sample.input(2, 3), 2), linear(sample, sample.input(2, 3), 2));
        var events = new FiredRules();

        assertThat(new MergeLinears().run(graph, events.context())).isSameAs(graph);
        assertThat(events.said())
                .containsExactly("merge-linears: no two linear layers with constant weights read the same value");
    }

    @Example
    void leavesMoreLayersThanTheLimit() {
        var sample = new Sample(1, ElementType.FLOAT32, false);
        Value x = sample.input(2, 3);
        Graph graph = sample.graph(linear(sample, x, 1), linear(sample, x, 1), linear(sample, x, 1));

        assertThat(new MergeLinears(2).run(graph, new FiredRules().context())).isSameAs(graph);
    }

    @Example
    void refusesALimitBelowTwo() {
        assertThatThrownBy(() -> new MergeLinears(1)).hasMessageContaining("limit must be 2 or more, found 1");
    }
}
