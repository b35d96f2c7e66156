package dev.skive.passes.rule;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;

/// What gets less each time a rule fires, so that rules cannot run in circles. Where [#NODES] stays equal,
/// [#GENERAL_OPERATORS] and then [#ELEMENTS] decide.
public enum CostClaim {
    /// Operators in the graph.
    NODES,
    /// Operators that a more specific one could say.
    GENERAL_OPERATORS,
    /// Elements that operators with known result sizes write.
    ELEMENTS;

    /// The cost of a graph.
    public long of(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> !(node.op() instanceof Source))
                .mapToLong(this::of)
                .sum();
    }

    private long of(Node node) {
        return switch (this) {
            case NODES -> 1;
            case GENERAL_OPERATORS -> node.op() instanceof MatMul ? 2 : node.op() instanceof Linear ? 1 : 0;
            case ELEMENTS -> node.types().stream()
                    .filter(type -> type instanceof TensorType)
                    .mapToLong(type -> elements(((TensorType) type).shape().elementCount()))
                    .sum();
        };
    }

    private static long elements(Dim count) {
        return count.ifKnown().orElse(0);
    }
}
