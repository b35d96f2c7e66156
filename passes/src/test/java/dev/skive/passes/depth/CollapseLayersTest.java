package dev.skive.passes.depth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.PassContext;
import dev.skive.passes.calibration.InterpretedActivations;
import dev.skive.passes.residual.Block;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.Networks;
import dev.skive.passes.residual.ResidualStream;
import dev.skive.passes.residual.Role;
import dev.skive.passes.weight.HeldWeight;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CollapseLayersTest {
    private static PassContext context(long seed) {
        return PassContext.quiet()
                .withActivations(new InterpretedActivations(List.of(Networks.tokens(seed), Networks.tokens(seed + 1))));
    }

    /// The numbers of the method's description: 1, 2 and 4 become 4, 5 and 3.
    @Example
    void mergesAsEachRuleSays() {
        List<TensorData> weights = List.of(number(1), number(2), number(4));

        assertThat(MergeRule.TELESCOPING.merge(weights).doubles()).containsExactly(4);
        assertThat(MergeRule.DIFFERENCES.merge(weights).doubles()).containsExactly(5);
        assertThat(MergeRule.MEAN.merge(weights).doubles()).containsExactly(3);
    }

    private static TensorData number(double value) {
        return TensorData.ofReals(ElementType.FLOAT64, new double[] {value}, 1);
    }

    @Property(tries = 40)
    void acceptsNothingAboveAThresholdOfOne(@ForAll long seed, @ForAll MergeRule rule, @ForAll Networks.Norm norm) {
        Graph graph = Networks.random(seed, norm, 3);

        assertThat(new CollapseLayers(2, 0, -1, 1, 1.0, -1, rule).run(graph, context(seed))).isSameAs(graph);
    }

    @Property(tries = 40)
    void leavesOneLayerWhenEverythingIsAccepted(
            @ForAll long seed, @ForAll MergeRule rule, @ForAll @IntRange(min = 2, max = 4) int window) {
        Graph graph = Networks.uniform(seed, 4);

        Graph merged = new CollapseLayers(window, 0, -1, 1, -2, -1, rule).run(graph, context(seed));

        assertThat(layers(GraphVerifier.verify(merged))).hasSize(1);
    }

    @Property(tries = 40)
    void removesAtMostSoMany(@ForAll long seed, @ForAll @IntRange(max = 3) int count) {
        Graph graph = Networks.uniform(seed, 4);

        Graph merged = new CollapseLayers(3, 0, -1, 1, -2, count, MergeRule.MEAN).run(graph, context(seed));

        assertThat(layers(merged)).hasSize(4 - count);
    }

    /// Merging equal layers gives that layer, whatever the rule.
    @Property(tries = 40)
    void mergesALayerWithItself(@ForAll long seed, @ForAll MergeRule rule) {
        Graph graph = Networks.ofEqualLayers(seed, 3);

        Graph merged = new LayerMerge(layers(graph), rule, "test").apply(graph);

        assertThat(layers(merged)).hasSize(1);
        assertThat(merged).isEqualTo(Networks.ofEqualLayers(seed, 1));
    }

    /// Every weight is the formula of its slots, and norms stay those of the first layer.
    @Property(tries = 40)
    void mergesSlotBySlot(@ForAll long seed) {
        Graph graph = Networks.uniform(seed, 3);
        List<Layer> before = layers(graph);

        Graph merged = new LayerMerge(before, MergeRule.DIFFERENCES, "test").apply(graph);

        Layer after = layers(merged).getFirst();
        for (int block = 0; block < after.blocks().size(); block++) {
            List<Value> slots = after.blocks().get(block).layer().weights();
            for (int slot = 0; slot < slots.size(); slot++) {
                check(before, after.blocks().get(block), block, slot);
            }
        }
    }

    private static void check(List<Layer> before, Block after, int block, int slot) {
        Value merged = after.layer().weights().get(slot);
        Role role = after.weights().get(merged);
        double[] found = HeldWeight.of(merged).doubles();
        double[] first = weight(before.get(0), block, slot);
        double[] second = weight(before.get(1), block, slot);
        double[] third = weight(before.get(2), block, slot);
        for (int i = 0; i < found.length; i++) {
            boolean norm = role == Role.NORM_SCALE || role == Role.NORM_SHIFT;
            assertThat(found[i]).isEqualTo(norm ? first[i] : -1 * first[i] + 1 * second[i] + 1 * third[i]);
        }
    }

    private static double[] weight(Layer layer, int block, int slot) {
        return HeldWeight.of(layer.blocks().get(block).layer().weights().get(slot)).doubles();
    }

    private static List<Layer> layers(Graph graph) {
        return Layer.of(ResidualStream.longest(graph).orElseThrow());
    }
}
