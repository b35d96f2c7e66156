package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassContext;
import dev.skive.passes.residual.Layer;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How the layers to drop are chosen.
public enum LayerChoice {
    /// The run of layers whose input and output are nearest.
    ANGULAR {
        @Override
        ImmutableSortedSet<Integer> choose(
                Graph graph, ImmutableList<Layer> layers, DropLayers pass, PassContext context) {
            StreamDistances distances = measure(graph, layers, pass, context);
            int count = pass.count();
            int start = DropLayers.nearest(layers.size(), count, i -> distances.angle(i, i + count));
            context.say(pass, "angular distance %.4f".formatted(distances.angle(start, start + count)));
            return range(start, start + count);
        }
    },
    /// The layers that turn the stream least.
    BLOCK_INFLUENCE {
        @Override
        ImmutableSortedSet<Integer> choose(
                Graph graph, ImmutableList<Layer> layers, DropLayers pass, PassContext context) {
            StreamDistances distances = measure(graph, layers, pass, context);
            return IntStream.range(0, layers.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> 1 - distances.cosine(i, i + 1)))
                    .limit(pass.count())
                    .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
        }
    },
    /// Evenly spread layers, neither the first nor the last.
    UNIFORM {
        @Override
        ImmutableSortedSet<Integer> choose(
                Graph graph, ImmutableList<Layer> layers, DropLayers pass, PassContext context) {
            return UniformSkipping.dropped(layers.size(), pass.count());
        }
    },
    /// All but the middle of clusters of neighbours.
    CLUSTER {
        @Override
        ImmutableSortedSet<Integer> choose(
                Graph graph, ImmutableList<Layer> layers, DropLayers pass, PassContext context) {
            return LayerClusters.measure(graph, layers, context.activations()).dropped(pass.count());
        }
    };

    /// The numbers of the layers to drop.
    abstract ImmutableSortedSet<Integer> choose(
            Graph graph, ImmutableList<Layer> layers, DropLayers pass, PassContext context);

    private static StreamDistances measure(
            Graph graph, ImmutableList<Layer> layers, DropLayers pass, PassContext context) {
        return StreamDistances.measure(graph, DropLayers.stations(layers), context.activations(), pass.tokens());
    }

    private static ImmutableSortedSet<Integer> range(int from, int to) {
        return IntStream.range(from, to)
                .boxed()
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }
}
