package dev.skive.passes.rule.instance;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The symbols of a graph.
public final class Symbols {
    private Symbols() {}

    /// True when every size follows from the inputs, or from data that some node looks at.
    static boolean areBound(Graph graph) {
        var known = new HashSet<String>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Input || node.op() instanceof Dynamic) {
                known.addAll(node.symbols());
            }
        }
        return graph.nodes().stream()
                .allMatch(node -> known.containsAll(node.symbols()) && known.containsAll(inAttributes(node.op())));
    }

    private static Set<String> inAttributes(Op op) {
        var symbols = new HashSet<String>();
        Attributes.mapSizes(
                op,
                size -> {
                    symbols.addAll(size.symbols());
                    return size;
                });
        return symbols;
    }

    /// Adds a graph to another one, its symbols replaced by sizes and the names of its inputs and outputs behind a prefix.
    ///
    /// @throws dev.skive.ir.SkiveException when an operator does not accept its operands then
    public static void add(Graph graph, Map<String, Long> sizes, String prefix, GraphBuilder target) {
        Map<String, Dim> known =
                sizes.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Dim.of(entry.getValue())));
        var mapped = new HashMap<Value, Value>(Map.of(Value.ABSENT, Value.ABSENT));
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Input(String name, TensorType type)) {
                TensorType exact = type.withShape(type.shape().substitute(known));
                mapped.put(node.result(), target.input(prefix + name, exact));
            } else {
                Op op = Attributes.mapSizes(node.op(), size -> size.substitute(known));
                Node added = target.addNode(graph.origin(node), op, node.operands().stream().map(mapped::get).toList());
                for (int i = 0; i < node.types().size(); i++) {
                    mapped.put(node.result(i), added.result(i));
                }
            }
        }
        graph.outputs()
                .forEach((name, value) -> target.output(prefix + name, Objects.requireNonNull(mapped.get(value))));
    }
}
