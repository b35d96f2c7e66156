package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.weight.WeightMovement;
import java.util.HashMap;
import java.util.Map;

/// Computes linear layers that read the same value as one wider layer, and cuts its result.
///
/// **Transforms**: `q = linear(x, wq, bq); k = linear(x, wk, bk)`
/// **Into**: `m = linear(x, [wq | wk], [bq | bk]); q = slice(m); k = slice(m)`
/// **Needs**: linears-fused.
/// **Contract**: reassociating: a missing bias becomes zero.
/// **Source**: the packed projection of Vaswani et al., "Attention Is All You Need", as `nn.MultiheadAttention` stores it.
/// **Leaves out**: layers beyond `limit` per value, and weights that are not constants.
///
/// @param limit the most layers that are merged into one
public record MergeLinears(int limit) implements Pass {
    /// Checks the limit.
    public MergeLinears {
        if (limit < 2) {
            throw new IllegalArgumentException("limit must be 2 or more, found " + limit);
        }
    }

    /// Merges up to three layers: queries, keys and values, or gate and up projection.
    public MergeLinears() {
        this(3);
    }

    private record Key(Value input, ElementType element) {}

    @Override
    public Contract contract() {
        return Exactness.REASSOCIATING;
    }

    @Override
    public ImmutableSet<Fact> requires() {
        return ImmutableSet.of(Fact.LINEARS_FUSED);
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        ImmutableListMultimap<Node, Node> groups = groups(graph);
        if (groups.isEmpty()) {
            context.say(this, "no two linear layers with constant weights read the same value");
            return graph;
        }
        var merged = new HashMap<Node, Value>();
        return Rewriter.rewrite(
                graph,
                (node, rewriter) -> {
                    if (groups.containsKey(node)) {
                        ImmutableList<Node> group = groups.get(node);
                        Value wide = merged.computeIfAbsent(group.getFirst(), first -> merge(group, rewriter, context));
                        long offset =
                                group.stream()
                                        .takeWhile(other -> !other.equals(node))
                                        .mapToLong(MergeLinears::width)
                                        .sum();
                        rewriter.replace(node.result(), cut(node, wide, offset, rewriter));
                    }
                });
    }

    /// Each layer that is merged, with all layers of its group in order.
    private ImmutableListMultimap<Node, Node> groups(Graph graph) {
        Map<Key, ImmutableList<Node>> byInput = new HashMap<>();
        graph.nodes().stream()
                .filter(MergeLinears::isMergeable)
                .forEach(node -> {
                    var key = new Key(node.operand(0), node.result().tensor().element());
                    byInput.merge(key, ImmutableList.of(node), MergeLinears::joined);
                });
        var groups = ImmutableListMultimap.<Node, Node>builder();
        byInput.values().stream()
                .filter(group -> group.size() > 1 && group.size() <= limit)
                .forEach(group -> group.forEach(node -> groups.putAll(node, group)));
        return groups.build();
    }

    private static ImmutableList<Node> joined(ImmutableList<Node> a, ImmutableList<Node> b) {
        return ImmutableList.<Node>builder().addAll(a).addAll(b).build();
    }

    private static boolean isMergeable(Node node) {
        boolean constant = node.operands().stream().skip(1).allMatch(operand -> operand.constant().isPresent());
        return node.op() instanceof Linear && constant && WeightMovement.moves(node.result().tensor().element());
    }

    private static long width(Node linear) {
        return linear.operand(1).shape().last().known();
    }

    private Value merge(ImmutableList<Node> group, Rewriter rewriter, PassContext context) {
        Origin origin =
                group.stream()
                        .map(rewriter.source()::origin)
                        .reduce(Origin::merge)
                        .orElseThrow(AssertionError::new)
                        .touchedBy(name());
        context.events().fired(name(), origin);
        Value input = rewriter.map(group.getFirst().operand(0));
        Value weight = rewriter.target().constant(origin, joined(group, MergeLinears::weight));
        boolean biased = group.stream().anyMatch(node -> node.operands().size() > 2);
        return biased
                ? rewriter.target()
                        .add(
                                origin,
                                new Linear(),
                                input,
                                weight,
                                rewriter.target().constant(origin, joined(group, MergeLinears::bias)))
                : rewriter.target().add(origin, new Linear(), input, weight);
    }

    private static TensorData joined(ImmutableList<Node> group, java.util.function.Function<Node, TensorData> part) {
        return WeightMovement.concatLast(group.stream().map(part).collect(ImmutableList.toImmutableList()));
    }

    private static TensorData weight(Node linear) {
        return linear.operand(1).constant().orElseThrow(AssertionError::new);
    }

    private static TensorData bias(Node linear) {
        if (linear.operands().size() > 2) {
            return linear.operand(2).constant().orElseThrow(AssertionError::new);
        }
        ElementType element = linear.result().tensor().element();
        long width = width(linear);
        return TensorData.wrap(element, new long[] {width}, TensorData.allocate(element, width));
    }

    private Value cut(Node node, Value wide, long offset, Rewriter rewriter) {
        var slice = Slice.along(wide.shape(), wide.shape().rank() - 1, Dim.of(offset), Dim.of(width(node)));
        return rewriter.target().add(rewriter.source().origin(node).touchedBy(name()), slice, wide);
    }
}
