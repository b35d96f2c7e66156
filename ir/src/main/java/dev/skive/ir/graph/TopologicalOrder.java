package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The canonical order of a graph's nodes: inputs first, then depth first from the outputs, operands in order.
final class TopologicalOrder {
    private TopologicalOrder() {}

    /// @param sizes for each symbol that a node introduces, that node: it comes before every node that has the size
    static ImmutableList<Node> of(Iterable<Value> inputs, Iterable<Value> outputs, Map<String, Node> sizes) {
        var done = new LinkedHashSet<Node>();
        inputs.forEach(input -> done.add(input.node()));
        outputs.forEach(output -> visit(output.node(), done, sizes));
        return ImmutableList.copyOf(done);
    }

    /// An explicit stack, since models are deeper than the Java stack.
    private static void visit(Node root, Set<Node> done, Map<String, Node> sizes) {
        Deque<Visit> stack = new ArrayDeque<>();
        stack.push(new Visit(root, sizes));
        while (!stack.isEmpty()) {
            Visit visit = stack.peek();
            if (visit.next < visit.needs.size()) {
                Node need = visit.needs.get(visit.next++);
                if (!done.contains(need)) {
                    stack.push(new Visit(need, sizes));
                }
            } else {
                done.add(visit.node);
                stack.pop();
            }
        }
    }

    private static final class Visit {
        private final Node node;
        private final ImmutableList<Node> needs;
        private int next;

        private Visit(Node node, Map<String, Node> sizes) {
            this.node = node;
            var nodes = ImmutableList.<Node>builder();
            node.operands().stream().filter(operand -> !operand.isAbsent()).map(Value::node).forEach(nodes::add);
            if (!sizes.isEmpty()) {
                node.symbols().stream()
                        .map(sizes::get)
                        .filter(introducer -> introducer != null && introducer != node)
                        .forEach(nodes::add);
            }
            this.needs = nodes.build();
        }
    }
}
