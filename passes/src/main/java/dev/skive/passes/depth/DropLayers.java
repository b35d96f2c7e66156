package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.passes.Contract;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.ResidualStream;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Drops whole layers of the longest residual stream: what they read goes on in place of what they gave.
///
/// **Transforms**: `y = add(x, mlp(add(x, attention(x))))`, one layer of many
/// **Into**: `y = x`
/// **Needs**: norms-fused, linears-fused, attention-fused; calibration data, but for `metric=uniform`.
/// **Contract**: approximate; the metric that is checked is the user's.
/// **Source**: `angular`: Gromov et al., "The Unreasonable Ineffectiveness of the Deeper Layers", the contiguous block whose
/// input and output point in the most similar direction. `block-influence`: Men et al., "ShortGPT", the layers that turn the
/// stream least, wherever they are. `uniform`: Liu et al., "Accelerating Inference in Large Language Models with a Unified
/// Layer Skipping Strategy", evenly spread, the first and the last stay. `cluster`: Zhang et al., "CRaSh", the middle layers
/// of clusters of neighbours stay.
/// **Leaves out**: fine-tuning after the cut (see the pass `heal`); skipping in decoding only.
///
/// @param count how many layers to drop
/// @param metric how they are chosen
/// @param tokens the positions that are compared; the paper on `angular` takes the last
public record DropLayers(int count, LayerChoice metric, Tokens tokens) implements Pass {
    /// Checks the count.
    public DropLayers {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative, found " + count);
        }
    }

    /// Drops one layer, chosen by angular distance over all positions.
    public DropLayers() {
        this(1, LayerChoice.ANGULAR, Tokens.ALL);
    }

    @Override
    public Contract contract() {
        return Contract.Approximate.BY_USER;
    }

    @Override
    public ImmutableSet<Fact> requires() {
        return ImmutableSet.of(Fact.NORMS_FUSED, Fact.LINEARS_FUSED, Fact.ATTENTION_FUSED);
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        Optional<ResidualStream> stream = ResidualStream.longest(graph);
        if (count == 0 || stream.isEmpty()) {
            context.say(this, count == 0 ? "no layer to drop" : "there is no residual stream");
            return graph;
        }
        ImmutableList<Layer> layers = Layer.of(stream.get());
        DepthChecks.requireFewer(this, count, layers.size(), "layers");
        ImmutableSortedSet<Integer> dropped = metric.choose(graph, layers, this, context);
        String names = dropped.stream().map(String::valueOf).collect(Collectors.joining(", "));
        context.say(this, "drops layers %s of %d, counted from 0".formatted(names, layers.size()));
        var ways = ImmutableMap.<Value, Value>builder();
        layers.stream()
                .filter(layer -> dropped.contains(layer.number()))
                .forEach(layer -> ways.put(layer.output(), layer.input()));
        return Shortcut.take(graph, ways.buildOrThrow());
    }

    /// The values of the stream before each layer and after the last.
    static ImmutableList<Value> stations(ImmutableList<Layer> layers) {
        var stations = ImmutableList.<Value>builder();
        layers.forEach(layer -> stations.add(layer.input()));
        return stations.add(layers.getLast().output()).build();
    }

    /// The start of the run of `count` layers with the smallest distance, the first of equals.
    static int nearest(int layers, int count, java.util.function.IntToDoubleFunction distance) {
        return IntStream.rangeClosed(0, layers - count)
                .boxed()
                .min(Comparator.comparingDouble(distance::applyAsDouble))
                .orElseThrow(AssertionError::new);
    }
}
