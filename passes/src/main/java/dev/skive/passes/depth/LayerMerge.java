package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.LayerTemplate;
import dev.skive.passes.residual.NormPlacement;
import dev.skive.passes.weight.HeldWeight;
import dev.skive.passes.weight.Weight;
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
        Map<Node, List<List<Value>>> counterparts = counterparts();
        Value last = layers.getLast().output();
        Value first = layers.getFirst().output();
        return Rewriter.rewrite(
                graph,
                (node, rewriter) -> {
                    if (counterparts.containsKey(node) && !NormPlacement.isNorm(node)) {
                        merge(node, counterparts.getOrDefault(node, List.of()), rewriter);
                    }
                    if (node.equals(last.node())) {
                        rewriter.replace(last, rewriter.map(first));
                    }
                });
    }

    /// For each node of the first layer, the operands that the nodes in its place have in all layers, in the same order.
    private Map<Node, List<List<Value>>> counterparts() {
        Map<Node, List<List<Value>>> counterparts = new HashMap<>();
        for (int block = 0; block < layers.getFirst().blocks().size(); block++) {
            int number = block;
            List<LayerTemplate.Filled> same = layers.stream().map(layer -> layer.blocks().get(number).layer()).toList();
            for (int i = 0; i < same.getFirst().nodes().size(); i++) {
                int place = i;
                counterparts.put(
                        same.getFirst().nodes().get(i),
                        same.stream().<List<Value>>map(filled -> filled.operands().get(place)).toList());
            }
        }
        return counterparts;
    }

    private void merge(Node node, List<List<Value>> same, Rewriter rewriter) {
        Origin origin = rewriter.source().origin(node).touchedBy(pass);
        List<Value> mine = same.getFirst();
        var operands = new Value[mine.size()];
        boolean changed = false;
        for (int i = 0; i < operands.length; i++) {
            Value operand = mine.get(i);
            if (operand.isAbsent() || !Weight.is(operand)) {
                operands[i] = rewriter.map(operand);
                continue;
            }
            int place = i;
            ImmutableList<TensorData> weights =
                    same.stream()
                            .map(operandsOfOne -> HeldWeight.of(operandsOfOne.get(place)))
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
