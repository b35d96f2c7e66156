package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Input;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A computation as an immutable value: named inputs, named outputs, and the nodes the outputs need in a canonical
/// topological order. Equal when the computations are the same node by node, whatever their origins.
public final class Graph {
    private final String name;
    private final ImmutableList<Value> inputs;
    private final ImmutableMap<String, Value> outputs;
    private final ImmutableList<Node> nodes;
    private final ImmutableMap<Node, Origin> origins;
    private final ImmutableMap<Node, Integer> positions;
    private final ImmutableListMultimap<Value, Node> users;

    Graph(String name, ImmutableList<Value> inputs, ImmutableMap<String, Value> outputs, Map<Node, Origin> origins) {
        this.name = name;
        this.inputs = inputs;
        this.outputs = outputs;
        this.nodes = TopologicalOrder.of(inputs, outputs.values(), introducers(inputs, outputs, origins.keySet()));
        this.origins =
                nodes.stream()
                        .collect(
                                ImmutableMap.toImmutableMap(
                                        node -> node,
                                        node ->
                                                Optional.ofNullable(origins.get(node))
                                                        .orElseThrow(() ->
                                                                new AssertionError("node without origin: " + node))));
        var order = ImmutableMap.<Node, Integer>builderWithExpectedSize(nodes.size());
        var uses = ImmutableListMultimap.<Value, Node>builder();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            order.put(node, i);
            node.operands().stream().filter(operand -> !operand.isAbsent()).forEach(operand -> uses.put(operand, node));
        }
        this.positions = order.buildOrThrow();
        this.users = uses.build();
    }

    /// For each symbol that stands for a size which only a run can tell, the node that tells it.
    private static ImmutableMap<String, Node> introducers(
            ImmutableList<Value> inputs, ImmutableMap<String, Value> outputs, Set<Node> all) {
        if (all.stream().noneMatch(node -> node.op() instanceof Dynamic)) {
            return ImmutableMap.of();
        }
        // Nodes that outputs need anyway come first.
        var nodes = new LinkedHashSet<Node>(TopologicalOrder.of(inputs, outputs.values(), ImmutableMap.of()));
        nodes.addAll(all);
        var introducers = new LinkedHashMap<String, Node>();
        for (Node node : nodes) {
            if (node.op() instanceof Dynamic) {
                var known = new HashSet<String>();
                inputs.forEach(input -> known.addAll(input.node().symbols()));
                node.operands().forEach(operand -> known.addAll(operand.node().symbols()));
                Sets.difference(node.symbols(), known).forEach(symbol -> introducers.putIfAbsent(symbol, node));
            }
        }
        return ImmutableMap.copyOf(introducers);
    }

    /// The name the model gave it.
    public String name() {
        return name;
    }

    /// The inputs in order; the node of each is an [Input].
    public ImmutableList<Value> inputs() {
        return inputs;
    }

    /// The input with this name, if there is one.
    public Optional<Value> input(String wanted) {
        return inputs.stream()
                .filter(value -> value.node().op() instanceof Input(String found, var type) && found.equals(wanted))
                .findFirst();
    }

    /// The outputs by name, in order.
    public ImmutableMap<String, Value> outputs() {
        return outputs;
    }

    /// Every node, operands before users; inputs first, in order.
    public ImmutableList<Node> nodes() {
        return nodes;
    }

    /// Where a node came from.
    public Origin origin(Node node) {
        return Optional.ofNullable(origins.get(node))
                .orElseThrow(() -> new AssertionError("node of another graph: " + node));
    }

    /// The nodes that use a value, once per use.
    public ImmutableList<Node> users(Value value) {
        return users.get(value);
    }

    /// How often a value is used, as an operand or as an output of the graph.
    public int useCount(Value value) {
        int asOutput = (int) outputs.values().stream().filter(value::equals).count();
        return users(value).size() + asOutput;
    }

    /// The place of a node in [#nodes()].
    public int position(Node node) {
        return Optional.ofNullable(positions.get(node))
                .orElseThrow(() -> new AssertionError("node of another graph: " + node));
    }

    /// True when the node belongs to this graph.
    public boolean contains(Node node) {
        return positions.containsKey(node);
    }

    /// A builder that starts with the inputs of this graph and its origins.
    public GraphBuilder rebuild() {
        return GraphBuilder.like(this);
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Graph graph)
                || nodes.size() != graph.nodes.size()
                || !outputs.keySet().asList().equals(graph.outputs.keySet().asList())) {
            return false;
        }
        var match = new HashMap<Value, Value>();
        match.put(Value.ABSENT, Value.ABSENT);
        for (int i = 0; i < nodes.size(); i++) {
            if (!sameNode(nodes.get(i), graph.nodes.get(i), match)) {
                return false;
            }
        }
        return inputs.stream().map(match::get).toList().equals(graph.inputs)
                && outputs.entrySet().stream()
                        .allMatch(entry ->
                                Objects.equals(graph.outputs.get(entry.getKey()), match.get(entry.getValue())));
    }

    private static boolean sameNode(Node mine, Node theirs, Map<Value, Value> match) {
        if (!mine.op().equals(theirs.op())
                || !mine.operands().stream().map(match::get).toList().equals(theirs.operands())) {
            return false;
        }
        for (int i = 0; i < mine.types().size(); i++) {
            match.put(mine.result(i), theirs.result(i));
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = outputs.keySet().hashCode();
        for (Node node : nodes) {
            hash = 31 * hash + node.op().hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return "graph %s: %d nodes, %d inputs, %d outputs".formatted(name, nodes.size(), inputs.size(), outputs.size());
    }
}
