package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// The canonical order of a graph's nodes: inputs first, then depth first from the outputs, operands in order.
final class TopologicalOrder {
    private TopologicalOrder() {}

    static ImmutableList<Node> of(Iterable<Value> inputs, Iterable<Value> outputs) {
        var done = new LinkedHashSet<Node>();
        inputs.forEach(input -> done.add(input.node()));
        outputs.forEach(output -> visit(output.node(), done));
        return ImmutableList.copyOf(done);
    }

    /// An explicit stack, since models are deeper than the Java stack.
    private static void visit(Node root, Set<Node> done) {
        Deque<Visit> stack = new ArrayDeque<>();
        stack.push(new Visit(root));
        while (!stack.isEmpty()) {
            Visit visit = stack.peek();
            if (visit.next < visit.node.operands().size()) {
                Value operand = visit.node.operand(visit.next++);
                if (!operand.isAbsent() && !done.contains(operand.node())) {
                    stack.push(new Visit(operand.node()));
                }
            } else {
                done.add(visit.node);
                stack.pop();
            }
        }
    }

    private static final class Visit {
        private final Node node;
        private int next;

        private Visit(Node node) {
            this.node = node;
        }
    }
}
