package dev.skive.passes.calibration;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Graphs whose inner values are handed out.
public final class Taps {
    private static final String NAME = "tap";

    private Taps() {}

    /// The name of the output that hands out the value asked for at a place.
    public static String name(int place) {
        return NAME + place;
    }

    /// The graph with these values as its only outputs, called as [#name] says.
    public static Graph on(Graph graph, List<Value> values) {
        return on(ImmutableList.of(graph), values);
    }

    /// One graph that computes values of several graphs with the same inputs; what they have in common is computed once.
    public static Graph on(List<Graph> graphs, List<Value> values) {
        GraphBuilder builder = graphs.getFirst().rebuild();
        Map<Value, Value> mapped = new HashMap<>();
        mapped.put(Value.ABSENT, Value.ABSENT);
        for (Graph graph : graphs) {
            for (int i = 0; i < graph.inputs().size(); i++) {
                mapped.put(graph.inputs().get(i), graphs.getFirst().inputs().get(i));
            }
            graph.nodes().stream()
                    .filter(node -> !(node.op() instanceof Input))
                    .forEach(node -> add(graph, node, builder, mapped));
        }
        ImmutableList<Value> all = ImmutableList.copyOf(values);
        for (int i = 0; i < all.size(); i++) {
            builder.output(name(i), mapped.getOrDefault(all.get(i), all.get(i)));
        }
        return builder.build();
    }

    private static void add(Graph graph, Node node, GraphBuilder builder, Map<Value, Value> mapped) {
        List<Value> operands = node.operands().stream().map(operand -> mapped.getOrDefault(operand, operand)).toList();
        Node mine =
                operands.equals(node.operands())
                        ? builder.adopt(node, graph.origin(node))
                        : builder.addNode(graph.origin(node), node.op(), operands);
        for (int i = 0; i < node.types().size(); i++) {
            mapped.put(node.result(i), mine.result(i));
        }
    }

    /// The value of a graph made by [#on] that an output hands out.
    public static ImmutableList<Value> values(Graph tapped) {
        return tapped.outputs().values().asList();
    }
}
