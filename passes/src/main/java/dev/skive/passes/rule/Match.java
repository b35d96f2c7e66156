package dev.skive.passes.rule;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// A place in a graph where a pattern fits, and what its names are bound to there.
///
/// @param graph the graph
/// @param root the value the whole pattern stands for
/// @param bindings what the names stand for
/// @param nodes the matched operators
/// @param owned those of them that nothing outside the match may use
public record Match(
        Graph graph,
        Value root,
        ImmutableMap<String, Value> bindings,
        ImmutableSet<Node> nodes,
        ImmutableSet<Node> owned) {
    /// A match of nothing yet.
    static Match at(Graph graph, Value root) {
        return new Match(graph, root, ImmutableMap.of(), ImmutableSet.of(), ImmutableSet.of());
    }

    /// True when the name is bound.
    public boolean has(String name) {
        return bindings.containsKey(name);
    }

    /// What a name is bound to.
    public Value value(String name) {
        return Optional.ofNullable(bindings.get(name))
                .orElseThrow(() -> new AssertionError("'" + name + "' is not bound; bound are " + bindings.keySet()));
    }

    /// The shape of what a name is bound to.
    public Shape shape(String name) {
        return value(name).shape();
    }

    /// The operator whose result a name is bound to.
    public <T extends Op> T op(String name, Class<T> operator) {
        return operator.cast(value(name).node().op());
    }

    /// The constant a name is bound to.
    public TensorData constant(String name) {
        return value(name)
                .constant()
                .orElseThrow(
                        () -> new AssertionError("'" + name + "' is bound to " + value(name) + ", not a constant"));
    }

    /// The number a name is bound to.
    public double number(String name) {
        return Splat.of(value(name))
                .orElseThrow(() -> new AssertionError("'" + name + "' is bound to " + value(name) + ", not a number"));
    }

    /// Where all matched operators came from.
    public Origin origin() {
        return nodes.stream().map(graph::origin).reduce(Origin::merge).orElseThrow(AssertionError::new);
    }

    /// This match with a name bound, or nothing when it is bound to something else already.
    Optional<Match> bind(String name, Value value) {
        Value known = bindings.get(name);
        if (known != null || name.isEmpty()) {
            return known == null || known.equals(value) ? Optional.of(this) : Optional.empty();
        }
        var more = ImmutableMap.<String, Value>builder().putAll(bindings).put(name, value);
        return Optional.of(new Match(graph, root, more.buildOrThrow(), nodes, owned));
    }

    /// This match with another operator matched.
    Match through(Node node, boolean isOwned) {
        var more = ImmutableSet.<Node>builder().addAll(nodes).add(node).build();
        var moreOwned = isOwned ? ImmutableSet.<Node>builder().addAll(owned).add(node).build() : owned;
        return new Match(graph, root, bindings, more, moreOwned);
    }

    /// True when nothing outside the match uses an owned node; the root is replaced everywhere, so it may be used.
    boolean ownsItsNodes() {
        return owned.stream().allMatch(node -> node == root.node() || isInside(node));
    }

    private boolean isInside(Node node) {
        for (int i = 0; i < node.types().size(); i++) {
            Value result = node.result(i);
            if (graph.outputs().containsValue(result) || !nodes.containsAll(graph.users(result))) {
                return false;
            }
        }
        return true;
    }
}
