package dev.skive.passes.rule.instance;

import dev.skive.frontend.lang.Operators;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Source;
import java.util.stream.Collectors;

/// A graph in one line, for messages.
final class GraphText {
    private GraphText() {}

    static String of(Graph graph) {
        String nodes = graph.nodes().stream().map(node -> node(node, graph)).collect(Collectors.joining("; "));
        String outputs =
                graph.outputs().entrySet().stream()
                        .map(output -> output.getKey() + "=" + value(output.getValue(), graph))
                        .collect(Collectors.joining(", "));
        return nodes + " -> " + outputs;
    }

    private static String node(Node node, Graph graph) {
        String attributes =
                node.op() instanceof Source ? node.op().toString() : Operators.attributes(node.op()).toString();
        String operands =
                node.operands().stream()
                        .map(operand -> value(operand, graph))
                        .collect(Collectors.joining(", ", "(", ")"));
        return "%%%d: %s = %s%s%s"
                .formatted(graph.position(node), node.types(), Operators.name(node.op()), operands, attributes);
    }

    private static String value(Value value, Graph graph) {
        return value.isAbsent()
                ? "_"
                : "%" + graph.position(value.node()) + (value.index() == 0 ? "" : "." + value.index());
    }
}
