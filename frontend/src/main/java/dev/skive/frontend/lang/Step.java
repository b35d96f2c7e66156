package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.layer.EqualLayers;
import dev.skive.ir.op.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A statement of a printed graph.
sealed interface Step {
    /// What it needs.
    Stream<Value> needs();

    /// An operator applied.
    ///
    /// @param node the node
    record Apply(Node node) implements Step {
        @Override
        public Stream<Value> needs() {
            return node.operands().stream();
        }
    }

    /// One of several equal layers.
    ///
    /// @param equal the layers
    /// @param number which of them
    record Layer(EqualLayers equal, int number) implements Step {
        @Override
        public Stream<Value> needs() {
            return equal.slots().stream().map(slot -> slot.get(number));
        }

        ImmutableList<Node> nodes() {
            return equal.layers().get(number);
        }

        /// Layers are compared by where they are: their nodes are many.
        @Override
        public boolean equals(Object other) {
            return other instanceof Layer layer && equal.equals(layer.equal) && number == layer.number;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(equal) + number;
        }
    }

    /// The statements for nodes, those first that others need, else in the order of the nodes.
    static ImmutableList<Step> inOrder(ImmutableList<Node> nodes, ImmutableList<EqualLayers> repeated) {
        Map<Node, Step> steps = new HashMap<>();
        for (Node node : nodes) {
            if (!(node.op() instanceof Source)) {
                steps.put(node, new Apply(node));
            }
        }
        for (EqualLayers equal : repeated) {
            for (int i = 0; i < equal.layers().size(); i++) {
                var layer = new Layer(equal, i);
                layer.nodes().forEach(node -> steps.put(node, layer));
            }
        }
        var done = new LinkedHashSet<Step>();
        for (Node node : nodes) {
            if (steps.containsKey(node)) {
                visit(steps.get(node), steps, done);
            }
        }
        return ImmutableList.copyOf(done);
    }

    /// An explicit stack, since models are deeper than the Java stack.
    private static void visit(Step last, Map<Node, Step> steps, Set<Step> done) {
        Deque<Step> stack = new ArrayDeque<>();
        stack.push(last);
        while (!stack.isEmpty()) {
            Step step = stack.peek();
            int before = stack.size();
            if (!done.contains(step)) {
                ImmutableList.copyOf(step.needs().iterator()).reverse().stream()
                        .map(value -> steps.get(value.node()))
                        .filter(needed -> needed != null && !done.contains(needed))
                        .forEach(stack::push);
            }
            if (stack.size() == before) {
                done.add(stack.pop());
            }
        }
    }

    /// The statements for a whole graph.
    static ImmutableList<Step> of(Graph graph, ImmutableList<EqualLayers> repeated) {
        return inOrder(graph.nodes(), repeated);
    }
}
