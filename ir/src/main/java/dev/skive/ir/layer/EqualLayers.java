package dev.skive.ir.layer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// What layers of a network have in common that are equal up to constants and operands. The nodes of two layers correspond
/// by their place in the list.
///
/// @param layers the nodes of each layer, operands before users
/// @param slots what differs between layers or comes from outside: for each slot its value in each layer; a constant that
///     is the same in all layers needs none; constants come last
/// @param results which values other nodes or outputs use, in any of the layers
public record EqualLayers(
        ImmutableList<ImmutableList<Node>> layers,
        ImmutableList<ImmutableList<Value>> slots,
        ImmutableList<Result> results) {
    /// A result of a layer.
    ///
    /// @param node the place of the node in the layer
    /// @param index which of its results
    public record Result(int node, int index) {
        /// The value in a layer.
        public Value in(List<Node> layer) {
            return layer.get(node).result(index);
        }
    }

    /// The equal layers of a graph, those first that come first. Layers that are equal follow each other, and no node is in
    /// two layers.
    public static ImmutableList<EqualLayers> of(Graph graph) {
        return of(graph, equal -> 0);
    }

    /// The same, where a choice is made of where the first layer begins: what repeats need not end where it began, and a
    /// norm before the first layer can look like the one that ends each.
    ///
    /// @param preference what is greatest for the choice to make; of equal ones the first is made
    public static ImmutableList<EqualLayers> of(Graph graph, ToIntFunction<EqualLayers> preference) {
        return RepeatedSections.layers(graph, preference);
    }

    /// True when a node outside a layer uses this result of it, or an output is it.
    public boolean isUsed(Graph graph, int layer, Result result) {
        ImmutableList<Node> nodes = layers.get(layer);
        return isUsed(graph, result.in(nodes), new HashSet<>(nodes));
    }

    private static boolean isUsed(Graph graph, Value value, Set<Node> layer) {
        return graph.useCount(value) > graph.users(value).size() || !layer.containsAll(graph.users(value));
    }

    /// True when two layers are equal up to constants and what comes from outside.
    static boolean areEqual(List<Node> layer, List<Node> other) {
        return outline(layer).equals(outline(other));
    }

    /// What is common to layers that are equal.
    static EqualLayers of(Graph graph, List<ImmutableList<Node>> layers) {
        List<ImmutableMap<Value, Result>> inside = layers.stream().map(EqualLayers::values).toList();
        var slots = new LinkedHashSet<ImmutableList<Value>>();
        var results = new LinkedHashSet<Result>();
        for (int node = 0; node < layers.getFirst().size(); node++) {
            for (int operand = 0; operand < layers.getFirst().get(node).operands().size(); operand++) {
                ImmutableList<Value> values = operands(layers, node, operand);
                boolean isSame = values.stream().distinct().count() == 1 && values.getFirst().constant().isPresent();
                if (!isSame && !values.getFirst().isAbsent() && !inside.getFirst().containsKey(values.getFirst())) {
                    slots.add(values);
                }
            }
        }
        for (int i = 0; i < layers.size(); i++) {
            var members = new HashSet<>(layers.get(i));
            inside.get(i)
                    .forEach((value, result) -> {
                        if (isUsed(graph, value, members)) {
                            results.add(result);
                        }
                    });
        }
        return new EqualLayers(
                ImmutableList.copyOf(layers),
                ImmutableList.sortedCopyOf(Comparator.comparing(EqualLayers::isConstant), slots),
                ImmutableList.sortedCopyOf(
                        Comparator.comparingInt(Result::node).thenComparingInt(Result::index), results));
    }

    private static boolean isConstant(ImmutableList<Value> slot) {
        return slot.getFirst().constant().isPresent();
    }

    private static ImmutableList<Value> operands(List<ImmutableList<Node>> layers, int node, int operand) {
        return layers.stream().map(layer -> layer.get(node).operand(operand)).collect(ImmutableList.toImmutableList());
    }

    private static ImmutableMap<Value, Result> values(List<Node> layer) {
        var values = ImmutableMap.<Value, Result>builder();
        for (int node = 0; node < layer.size(); node++) {
            for (int index = 0; index < layer.get(node).types().size(); index++) {
                values.put(layer.get(node).result(index), new Result(node, index));
            }
        }
        return values.buildOrThrow();
    }

    /// A node as it is in every equal layer.
    ///
    /// @param op its operator
    /// @param operands results within the layer, or what comes from outside
    /// @param types the types of its results
    record Outline(Op op, ImmutableList<Object> operands, ImmutableList<Type> types) {}

    /// An operand from outside a layer.
    ///
    /// @param type its type
    /// @param isConstant whether it is a constant
    private record Outside(Type type, boolean isConstant) {}

    static ImmutableList<Outline> outline(List<Node> layer) {
        Map<Value, Result> inside = values(layer);
        var outlines = new ArrayList<Outline>();
        for (Node node : layer) {
            ImmutableList<Object> operands =
                    IntStream.range(0, node.operands().size())
                            .mapToObj(i -> operand(node.operand(i), inside))
                            .collect(ImmutableList.toImmutableList());
            outlines.add(new Outline(node.op(), operands, node.types()));
        }
        return ImmutableList.copyOf(outlines);
    }

    private static Object operand(Value value, Map<Value, Result> inside) {
        Result result = inside.get(value);
        return result != null ? result : new Outside(value.type(), value.node().op() instanceof Constant);
    }
}
