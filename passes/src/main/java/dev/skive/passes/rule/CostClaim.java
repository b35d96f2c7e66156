package dev.skive.passes.rule;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import java.util.HashMap;
import java.util.Locale;

/// What gets less each time a rule fires, so that rules cannot run in circles.
public enum CostClaim {
    /// Operators in the graph.
    NODES,
    /// Operators that a more specific one could say.
    GENERAL_OPERATORS,
    /// Operators on the longest way to each operator, summed up.
    DEPTH,
    /// Elements that operators with known result sizes write.
    ELEMENTS,
    /// Operands of operators.
    OPERANDS;

    /// The cost of a graph.
    public long of(Graph graph) {
        if (this == DEPTH) {
            return depth(graph);
        }
        return graph.nodes().stream().filter(node -> !(node.op() instanceof Source)).mapToLong(this::of).sum();
    }

    private static long depth(Graph graph) {
        var depths = new HashMap<Node, Long>();
        for (Node node : graph.nodes()) {
            long below =
                    node.operands().stream()
                            .filter(operand -> !operand.isAbsent())
                            .mapToLong(operand -> depths.getOrDefault(operand.node(), 0L))
                            .max()
                            .orElse(0);
            depths.put(node, node.op() instanceof Source ? 0 : below + 1);
        }
        return depths.values().stream().mapToLong(Long::longValue).sum();
    }

    private long of(Node node) {
        return switch (this) {
            case NODES, DEPTH -> 1;
            case OPERANDS -> node.operands().size();
            case GENERAL_OPERATORS -> node.op() instanceof MatMul ? 1 : 0;
            case ELEMENTS ->
                    node.types().stream()
                            .filter(type -> type instanceof TensorType)
                            .mapToLong(type -> elements(((TensorType) type).shape().elementCount()))
                            .sum();
        };
    }

    /// The name in rule files, kebab-case.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long elements(Dim count) {
        return count.ifKnown().orElse(0);
    }
}
