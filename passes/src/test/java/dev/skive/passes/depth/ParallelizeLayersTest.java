package dev.skive.passes.depth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Op;
import dev.skive.passes.PassContext;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.Networks;
import dev.skive.passes.residual.ResidualStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ParallelizeLayersTest {
    @Property(tries = 40)
    void changesNothingInGroupsOfOne(@ForAll long seed, @ForAll Networks.Norm norm) {
        Graph graph = Networks.random(seed, norm, 3);

        assertThat(new ParallelizeLayers(1, 0, -1).run(graph, PassContext.quiet())).isSameAs(graph);
    }

    @Property(tries = 60)
    void makesOneLayerOfEachGroup(
            @ForAll long seed, @ForAll Networks.Norm norm, @ForAll @IntRange(min = 2, max = 4) int group) {
        Graph graph = Networks.random(seed, norm, 4);

        Graph wide = GraphVerifier.verify(new ParallelizeLayers(group, 0, -1).run(graph, PassContext.quiet()));

        assertThat(layers(wide)).hasSize((4 + group - 1) / group);
    }

    /// A group of layers of one form has the operators of one layer, whatever its size.
    @Property(tries = 60)
    void putsProductsTogether(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int group) {
        Graph one = new dev.skive.passes.norm.FoldNormAffine().run(Networks.uniform(seed, 1), PassContext.quiet());

        Graph wide = new ParallelizeLayers(group, 0, -1).run(Networks.uniform(seed, group), PassContext.quiet());

        for (Class<? extends Op> op : List.of(Linear.class, Attention.class, LayerNorm.class)) {
            assertThat(count(wide, op)).as(op.getSimpleName()).isEqualTo(count(one, op));
        }
    }

    /// What is wide gives the sum of what its parts give: a silent layer beside another changes nothing.
    @Property(tries = 60)
    void addsWhatTheLayersGive(@ForAll long seed, @ForAll @IntRange(max = 1) int silent) {
        Graph graph = Networks.withSilentLayer(seed, 2, silent);

        Graph wide = new ParallelizeLayers(2, 0, -1).run(graph, PassContext.quiet());

        Networks.requireClose(graph, wide, seed, 2);
    }

    private static long count(Graph graph, Class<? extends Op> op) {
        return graph.nodes().stream().filter(node -> op.isInstance(node.op())).count();
    }

    private static List<Layer> layers(Graph graph) {
        return Layer.of(ResidualStream.longest(graph).orElseThrow());
    }
}
