package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.lang.Attribute;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// A place in a graph where a pattern fits, and what its names are bound to there.
///
/// @param graph the graph
/// @param root the value the whole pattern stands for
/// @param bindings what the names stand for
/// @param nodes the matched operators
/// @param owned nodes that nothing outside the match may use
public record Match(
        Graph graph,
        Value root,
        ImmutableMap<String, Bound> bindings,
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

    /// What a name is bound to, if it is.
    public Optional<Bound> bound(String name) {
        return Optional.ofNullable(bindings.get(name));
    }

    /// The value a name is bound to.
    public Value value(String name) {
        if (bindings.get(name) instanceof Bound.One(Value value)) {
            return value;
        }
        throw unbound(name, "a value");
    }

    /// The operands a name is bound to.
    public ImmutableList<Value> values(String name) {
        if (bindings.get(name) instanceof Bound.Several(ImmutableList<Value> values)) {
            return values;
        }
        throw unbound(name, "operands");
    }

    /// The attribute a name is bound to.
    public Attribute attribute(String name) {
        if (bindings.get(name) instanceof Bound.Of(Attribute attribute)) {
            return attribute;
        }
        throw unbound(name, "an attribute");
    }

    private AssertionError unbound(String name, String wanted) {
        return new AssertionError("'" + name + "' is not bound to " + wanted + "; bound are " + bindings);
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
    Optional<Match> bind(String name, Bound bound) {
        Bound known = bindings.get(name);
        if (known != null) {
            return known.equals(bound) ? Optional.of(this) : Optional.empty();
        }
        var more = ImmutableMap.<String, Bound>builder().putAll(bindings).put(name, bound);
        return Optional.of(new Match(graph, root, more.buildOrThrow(), nodes, owned));
    }

    /// This match with a name bound to a value, or nothing when it is bound to something else already.
    Optional<Match> bind(String name, Value value) {
        return bind(name, new Bound.One(value));
    }

    /// This match with another operator matched.
    Match through(Node node) {
        var more = ImmutableSet.<Node>builder().addAll(nodes).add(node).build();
        return new Match(graph, root, bindings, more, owned);
    }

    /// This match where nothing outside it may use a node.
    Match owning(Node node) {
        var more = ImmutableSet.<Node>builder().addAll(owned).add(node).build();
        return new Match(graph, root, bindings, nodes, more);
    }

    /// An owned node that something outside the match uses, or that a variable stands for too, so that the replacement may
    /// need it, which costs nothing when it is a constant; the root is replaced everywhere, so it may be used.
    Optional<Node> usedElsewhere() {
        return owned.stream()
                .filter(node ->
                        node != root.node()
                                && (!isInside(node) || (isVariable(node) && !(node.op() instanceof Source))))
                .findFirst();
    }

    private boolean isVariable(Node node) {
        return bindings.entrySet().stream()
                .filter(binding -> binding.getKey().startsWith("$"))
                .anyMatch(binding ->
                        switch (binding.getValue()) {
                            case Bound.One(Value value) -> value.node() == node;
                            case Bound.Several(ImmutableList<Value> values) ->
                                    values.stream().anyMatch(value -> value.node() == node);
                            case Bound.Of attribute -> false;
                        });
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
