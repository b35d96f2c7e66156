package dev.skive.passes.residual;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.passes.weight.Weight;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What lies between two values of a graph.
///
/// @param graph the graph
record Reach(Graph graph) {
    /// True when `to` is computed from `from`.
    boolean depends(Value to, Value from) {
        return !to.equals(from) && !between(from, to).isEmpty();
    }

    /// The nodes on the ways from a value to another, in the order of the graph; empty when there is no way.
    Set<Node> between(Value from, Value to) {
        int first = graph.position(from.node());
        var known = new HashMap<Node, Boolean>();
        var open = new ArrayDeque<Node>();
        open.push(to.node());
        while (!open.isEmpty()) {
            visit(open, known, from, first);
        }
        var found = new LinkedHashSet<Node>();
        known.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .sorted(java.util.Comparator.comparingInt(graph::position))
                .forEach(found::add);
        return found;
    }

    /// Decides about the node on top once its operands are decided: on a way when it uses `from` or a node on a way.
    private void visit(ArrayDeque<Node> open, Map<Node, Boolean> known, Value from, int first) {
        Node node = open.peek();
        if (known.containsKey(node) || graph.position(node) <= first) {
            known.putIfAbsent(node, false);
            open.pop();
            return;
        }
        List<Node> undecided =
                present(node).map(Value::node).filter(operand -> !known.containsKey(operand)).distinct().toList();
        if (undecided.isEmpty()) {
            known.put(
                    node,
                    present(node)
                            .anyMatch(operand -> operand.equals(from) || known.getOrDefault(operand.node(), false)));
            open.pop();
        } else {
            undecided.forEach(open::push);
        }
    }

    private static java.util.stream.Stream<Value> present(Node node) {
        return node.operands().stream().filter(operand -> !operand.isAbsent());
    }

    /// The operands of a node that are no weights.
    static List<Value> variable(Node node) {
        return present(node).filter(operand -> !Weight.is(operand)).distinct().toList();
    }
}
