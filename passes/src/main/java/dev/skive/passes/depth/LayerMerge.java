package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.passes.residual.Block;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.NormPlacement;
import dev.skive.passes.weight.HeldWeight;
import dev.skive.passes.weight.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts consecutive layers of equal templates into the first of them: its weights are merged with theirs slot by slot, they
/// disappear, its norms stay as they are.
///
/// @param layers the layers in order, two or more
/// @param rule how weights are merged
/// @param pass named in origins
record LayerMerge(List<Layer> layers, MergeRule rule, String pass) {
    /// True when the layers compute the same but for their weights, and carry the same type.
    boolean isPossible() {
        Layer first = layers.getFirst();
        return layers.stream().allMatch(layer -> templates(layer).equals(templates(first)))
                && layers.getLast().output().type().equals(first.output().type());
    }

    private static List<Object> templates(Layer layer) {
        return layer.blocks().stream().<Object>map(block -> block.layer().template()).toList();
    }

    Graph apply(Graph graph) {
        Map<Node, Node[]> counterparts = counterparts();
        Value last = layers.getLast().output();
        Value first = layers.getFirst().output();
        return Rewriter.rewrite(
                graph,
                (node, rewriter) -> {
                    if (counterparts.containsKey(node) && !NormPlacement.isNorm(node)) {
                        merge(node, counterparts.getOrDefault(node, new Node[0]), rewriter);
                    }
                    if (node.equals(last.node())) {
                        rewriter.replace(last, rewriter.map(first));
                    }
                });
    }

    /// For each node of the first layer, the nodes in its place in all layers.
    private Map<Node, Node[]> counterparts() {
        Map<Node, Node[]> counterparts = new HashMap<>();
        List<List<Node>> nodes = layers.stream().map(LayerMerge::nodes).toList();
        for (int i = 0; i < nodes.getFirst().size(); i++) {
            int place = i;
            Node[] same = nodes.stream().map(layer -> layer.get(place)).toArray(Node[]::new);
            counterparts.put(same[0], same);
        }
        return counterparts;
    }

    private static List<Node> nodes(Layer layer) {
        List<Node> nodes = new ArrayList<>();
        for (Block block : layer.blocks()) {
            nodes.addAll(block.nodes());
        }
        return nodes;
    }

    private void merge(Node node, Node[] same, Rewriter rewriter) {
        Origin origin = rewriter.source().origin(node).touchedBy(pass);
        var operands = new Value[node.operands().size()];
        boolean changed = false;
        for (int i = 0; i < operands.length; i++) {
            Value operand = node.operand(i);
            if (operand.isAbsent() || !Weight.is(operand)) {
                operands[i] = rewriter.map(operand);
                continue;
            }
            int place = i;
            ImmutableList<TensorData> weights =
                    java.util.Arrays.stream(same)
                            .map(counterpart -> HeldWeight.of(counterpart.operand(place)))
                            .collect(ImmutableList.toImmutableList());
            TensorData merged = rule.merge(weights);
            changed |= !merged.equals(weights.getFirst());
            operands[i] =
                    merged.equals(weights.getFirst())
                            ? rewriter.map(operand)
                            : rewriter.target().constant(origin, merged);
        }
        if (changed) {
            rewriter.replace(node.result(), rewriter.target().add(origin, node.op(), operands));
        }
    }
}
