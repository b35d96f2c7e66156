package dev.skive.frontend.onnx;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Puts the nodes of a graph in an order in which operands come first, and checks that every value is defined once.
/// ONNX demands that order of files; a file without it is read all the same as long as there is no cycle.
final class NodeOrder {
    private static final int GIVEN = -1;

    private final GraphProto graph;
    private final Predicate<String> isInSight;
    private final Map<String, Integer> producers = new HashMap<>();
    private final Map<Integer, ImmutableSet<String>> operands = new HashMap<>();

    /// @param isInSight tells whether a graph around this one defines a name
    NodeOrder(GraphProto graph, Predicate<String> isInSight) {
        this.graph = graph;
        this.isInSight = isInSight;
        initializers(graph).forEach(name -> define(name, GIVEN));
        // An initializer may be listed among the inputs, as old models do.
        var inputs = new HashSet<String>();
        for (ValueInfoProto input : graph.getInputList()) {
            if (!inputs.add(input.getName()) || !producers.containsKey(input.getName())) {
                define(input.getName(), GIVEN);
            }
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            for (String output : graph.getNode(i).getOutputList()) {
                if (!output.isEmpty()) {
                    define(output, i);
                }
            }
        }
    }

    private static List<String> initializers(GraphProto graph) {
        var names = new ArrayList<>(graph.getInitializerList().stream().map(TensorProto::getName).toList());
        graph.getSparseInitializerList().forEach(sparse -> names.add(sparse.getValues().getName()));
        return names;
    }

    private void define(String name, int producer) {
        Integer other = producers.put(name, producer);
        if (other != null) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "value '%s' is defined twice: by %s and by %s"
                            .formatted(name, producer(other), producer(producer)));
        }
    }

    private String producer(int index) {
        return index == GIVEN ? "an input or initializer" : "node '" + name(index) + "'";
    }

    private String name(int index) {
        return NodeNames.of(graph.getNode(index), index);
    }

    /// The indices of the nodes that the outputs need, operands first.
    ///
    /// @throws SkiveException when a value is used that nothing defines, or there is a cycle
    ImmutableList<Integer> needed() {
        requireDefined();
        var ordered = new LinkedHashSet<Integer>();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            visit(i, ordered);
        }
        var live = new BitSet();
        for (ValueInfoProto output : graph.getOutputList()) {
            int producer = producers.getOrDefault(output.getName(), GIVEN);
            if (producer != GIVEN) {
                markLive(producer, live);
            }
        }
        return ordered.stream().filter(live::get).collect(ImmutableList.toImmutableList());
    }

    private void requireDefined() {
        var problems = new ArrayList<String>();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            for (String operand : operands(i)) {
                if (!producers.containsKey(operand) && !isInSight.test(operand)) {
                    problems.add("node '%s' uses '%s'".formatted(name(i), operand));
                }
            }
        }
        for (ValueInfoProto output : graph.getOutputList()) {
            if (!producers.containsKey(output.getName()) && !isInSight.test(output.getName())) {
                problems.add("the graph's output is '%s'".formatted(output.getName()));
            }
        }
        if (!problems.isEmpty()) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "values that nothing defines: %s%s"
                            .formatted(
                                    problems.stream().limit(5).collect(Collectors.joining(", ")),
                                    problems.size() > 5 ? " and " + (problems.size() - 5) + " more" : ""));
        }
    }

    private ImmutableSet<String> operands(int index) {
        return operands.computeIfAbsent(index, at -> OuterNames.of(graph.getNode(at)));
    }

    private ImmutableList<Integer> producersOf(int index) {
        return operands(index).stream()
                .map(operand -> producers.getOrDefault(operand, GIVEN))
                .filter(producer -> producer != GIVEN)
                .collect(ImmutableList.toImmutableList());
    }

    /// Depth first with an explicit stack, since models are deeper than the Java stack.
    private void visit(int root, Set<Integer> ordered) {
        Deque<Visit> path = new ArrayDeque<>();
        var open = new LinkedHashSet<Integer>();
        if (!ordered.contains(root)) {
            path.push(new Visit(root, producersOf(root)));
            open.add(root);
        }
        while (!path.isEmpty()) {
            Visit visit = path.peek();
            if (visit.next == visit.producers.size()) {
                ordered.add(visit.node);
                open.remove(visit.node);
                path.pop();
                continue;
            }
            int producer = visit.producers.get(visit.next++);
            if (open.contains(producer)) {
                throw cycle(open, producer);
            }
            if (!ordered.contains(producer)) {
                path.push(new Visit(producer, producersOf(producer)));
                open.add(producer);
            }
        }
    }

    private SkiveException cycle(Set<Integer> open, int start) {
        List<Integer> cycle = open.stream().dropWhile(node -> node != start).toList().reversed();
        String names = cycle.stream().limit(10).map(node -> "'" + name(node) + "'").collect(Collectors.joining(" -> "));
        return new SkiveException(
                ExitCode.INVALID_MODEL,
                "the graph has a cycle of %d nodes: %s%s"
                        .formatted(cycle.size(), names, cycle.size() > 10 ? " ..." : ""));
    }

    private void markLive(int root, BitSet live) {
        Deque<Integer> rest = new ArrayDeque<>();
        rest.push(root);
        while (!rest.isEmpty()) {
            int node = rest.pop();
            if (!live.get(node)) {
                live.set(node);
                producersOf(node).forEach(rest::push);
            }
        }
    }

    private static final class Visit {
        private final int node;
        private final ImmutableList<Integer> producers;
        private int next;

        private Visit(int node, ImmutableList<Integer> producers) {
            this.node = node;
            this.producers = producers;
        }
    }
}
