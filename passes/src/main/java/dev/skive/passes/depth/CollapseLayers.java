package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.passes.Contract;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.calibration.Similarity;
import dev.skive.passes.calibration.Taps;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.NormPlacement;
import dev.skive.passes.residual.ResidualStream;
import java.util.List;
import java.util.Optional;

/// Merges layers into earlier ones, from the last on, as long as the network still says nearly the same.
///
/// **Transforms**: `y = layer{w2}(layer{w1}(x))`
/// **Into**: `y = layer{w1 + (w2 - w1)}(x)`
/// **Needs**: norms-fused, linears-fused, attention-fused; calibration data. Layers of equal templates.
/// **Contract**: approximate; the metric that is checked is the user's.
/// **Source**: Yang et al., "LaCo: Large Language Model Pruning via Layer Collapse". Similarity is the cosine of the last
/// hidden states of a whole sample, against those of the model that came in.
/// **Leaves out**: nothing; where paper and published code differ, `rule` says which.
///
/// @param window how many layers become one in a step
/// @param low the first layer that others may be merged into
/// @param high the layer after which the search starts; -1 for the last
/// @param interval by how much the search moves on after a merge
/// @param threshold similarity that a merge must exceed
/// @param count the most layers that may disappear; -1 for any number
/// @param rule how weights are merged; those of norms never are
public record CollapseLayers(int window, int low, int high, int interval, double threshold, int count, MergeRule rule)
        implements Pass {
    /// Checks the options.
    public CollapseLayers {
        if (window < 2 || low < 0 || interval < 1) {
            throw new IllegalArgumentException(
                    "window must be 2 or more, low 0 or more, interval 1 or more, found %d, %d, %d"
                            .formatted(window, low, interval));
        }
    }

    /// Merges pairs of layers while the cosine exceeds 0.85.
    public CollapseLayers() {
        this(2, 0, -1, 1, 0.85, -1, MergeRule.TELESCOPING);
    }

    @Override
    public Contract contract() {
        return Contract.Approximate.BY_USER;
    }

    @Override
    public ImmutableSet<Fact> requires() {
        return SublayerDrop.REQUIRED;
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        Optional<ResidualStream> stream = ResidualStream.longest(graph);
        if (stream.isEmpty()) {
            context.say(this, "there is no residual stream");
            return graph;
        }
        int layers = Layer.of(stream.get()).size();
        int left = count < 0 ? layers : count;
        Graph current = graph;
        int at = (high < 0 ? layers - 1 : Math.min(high, layers - 1)) - (window - 1);
        while (at >= low && left > 0) {
            Optional<Graph> merged = merged(current, at, left);
            if (merged.isPresent() && similarity(graph, merged.get(), context) > threshold) {
                int before = count(current);
                current = merged.get();
                left -= before - count(current);
                context.say(this, "merged layers into layer %d, %d stay".formatted(at, count(current)));
                at -= interval;
                at = at >= count(current) ? count(current) - window : at;
            } else {
                at--;
            }
        }
        if (current.equals(graph)) {
            context.say(this, "no merge keeps the cosine of the last hidden states above " + threshold);
        }
        return current;
    }

    private static int count(Graph graph) {
        return ResidualStream.longest(graph).map(stream -> Layer.of(stream).size()).orElse(0);
    }

    /// The graph with the layers after one merged into it, when there are such and they compute the same.
    private Optional<Graph> merged(Graph graph, int into, int most) {
        ImmutableList<Layer> layers = ResidualStream.longest(graph).map(Layer::of).orElse(ImmutableList.of());
        int last = Math.min(Math.min(into + window - 1, layers.size() - 1), into + most);
        if (last <= into) {
            return Optional.empty();
        }
        var merge = new LayerMerge(layers.subList(into, last + 1), rule, name());
        return merge.isPossible() ? Optional.of(merge.apply(graph)) : Optional.empty();
    }

    private static double similarity(Graph original, Graph candidate, PassContext context) {
        Graph both =
                Taps.on(ImmutableList.of(original, candidate), List.of(lastHidden(original), lastHidden(candidate)));
        var sums = new double[2];
        context.activations()
                .visit(
                        both,
                        Taps.values(both),
                        sample -> {
                            Tensor before = sample.get(0);
                            sums[0] +=
                                    Similarity.cosine(before.reals(), sample.get(1).reals(), 0, before.reals().length);
                            sums[1]++;
                        });
        return sums[0] / sums[1];
    }

    /// The stream after the last layer, and after the norm that alone reads it.
    private static Value lastHidden(Graph graph) {
        Value end = ResidualStream.longest(graph).map(ResidualStream::end).orElseThrow(AssertionError::new);
        List<Node> users = graph.users(end);
        return users.size() == 1 && NormPlacement.isNorm(users.getFirst()) ? users.getFirst().result() : end;
    }
}
