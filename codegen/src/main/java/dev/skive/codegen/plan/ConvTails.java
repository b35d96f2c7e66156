package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.type.ElementType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what a float32 convolution can do with its sums before they are stored: elementwise nodes over the result itself,
/// numbers, and tensors of the same shape, of which only the last is used elsewhere.
final class ConvTails {
    private static final int LONGEST = 12;

    private final Graph graph;
    private final Map<Node, Tail> tails = new LinkedHashMap<>();
    private final Set<Node> members = new HashSet<>();

    /// A convolution and what follows it.
    ///
    /// @param conv the convolution
    /// @param root the node whose result the kernel writes
    /// @param nodes every node of the kernel
    record Tail(Node conv, Node root, Set<Node> nodes) {}

    private ConvTails(Graph graph) {
        this.graph = graph;
    }

    static ConvTails of(Graph graph) {
        var tails = new ConvTails(graph);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Conv && node.result().tensor().element() == ElementType.FLOAT32) {
                tails.grow(node);
            }
        }
        return tails;
    }

    /// The tails by root.
    ImmutableMap<Node, Tail> byRoot() {
        return ImmutableMap.copyOf(tails);
    }

    private void grow(Node conv) {
        Set<Node> nodes = new LinkedHashSet<>(Set.of(conv));
        Optional<Tail> longest = Optional.empty();
        for (Node next = conv; nodes.size() <= LONGEST; ) {
            Optional<Node> found = next(nodes, graph.position(next));
            if (found.isEmpty()) {
                break;
            }
            next = found.get();
            nodes.add(next);
            if (isClosed(nodes, next)) {
                longest = Optional.of(new Tail(conv, next, new LinkedHashSet<>(nodes)));
            }
        }
        longest.ifPresent(tail -> {
            tails.put(tail.root(), tail);
            members.addAll(tail.nodes());
        });
    }

    /// The first node after a position that takes a member's result and can join.
    private Optional<Node> next(Set<Node> nodes, int after) {
        return nodes.stream()
                .flatMap(node -> graph.users(node.result()).stream())
                .filter(user -> graph.position(user) > after && !members.contains(user) && joins(user, nodes))
                .min((a, b) -> Integer.compare(graph.position(a), graph.position(b)));
    }

    private static boolean joins(Node user, Set<Node> nodes) {
        Node conv = nodes.iterator().next();
        return user.op() instanceof Elementwise
                && user.contents().isEmpty()
                && user.result().tensor().equals(conv.result().tensor())
                && user.operands().stream().allMatch(operand -> isPlain(operand, nodes, conv));
    }

    private static boolean isPlain(Value operand, Set<Node> nodes, Node conv) {
        boolean number =
                operand.constant().isPresent() && operand.shape().elementCount().is(1) && operand.shape().rank() <= 4;
        boolean sameShape = operand.tensor().equals(conv.result().tensor()) && operand.constant().isEmpty();
        return nodes.contains(operand.node()) || number || sameShape;
    }

    /// True when only the last member's result is used outside.
    private boolean isClosed(Set<Node> nodes, Node root) {
        return nodes.stream()
                .filter(node -> node != root)
                .allMatch(node ->
                        graph.useCount(node.result())
                                == nodes.stream()
                                        .flatMap(member -> member.operands().stream())
                                        .filter(operand -> operand.equals(node.result()))
                                        .count());
    }
}
