package dev.skive.passes.rule;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What gets less each time a rule fires, so that rules cannot run in circles. The costs of a graph are compared in this
/// order: a rule may raise those after the one it lowers, and none before it.
public enum CostClaim {
    /// Operators that a more specific one could say.
    GENERAL_OPERATORS,
    /// Operators in the graph.
    NODES,
    /// Elements that operators write.
    ELEMENTS,
    /// Operators on the longest way to each operator, summed up.
    DEPTH,
    /// Operands of operators.
    OPERANDS;

    /// The cost of a graph; sizes that are not known count as 0.
    public long of(Graph graph) {
        var depths = new HashMap<Node, Integer>();
        long sum = 0;
        for (Node node : graph.nodes()) {
            depths.put(node, depth(node, depths));
            sum += of(node, depths).ifKnown().orElse(0);
        }
        return sum;
    }

    /// What a node costs.
    ///
    /// @param depths of the nodes up to this one
    Dim of(Node node, Map<Node, Integer> depths) {
        if (node.op() instanceof Source) {
            return Dim.ZERO;
        }
        return switch (this) {
            case OPERANDS -> Dim.of(node.operands().size());
            case GENERAL_OPERATORS -> node.op() instanceof MatMul ? Dim.ONE : Dim.ZERO;
            case NODES -> Dim.ONE;
            case ELEMENTS ->
                    node.types().stream()
                            .map(type -> type instanceof TensorType tensor ? tensor.shape().elementCount() : Dim.ZERO)
                            .reduce(Dim.ZERO, Dim::plus);
            case DEPTH -> Dim.of(depths.getOrDefault(node, 0));
        };
    }

    /// How many operators are on the longest way to a node, it included.
    ///
    /// @param depths of the nodes before it
    static int depth(Node node, Map<Node, Integer> depths) {
        if (node.op() instanceof Source) {
            return 0;
        }
        return 1
                + node.operands().stream()
                        .filter(operand -> !operand.isAbsent())
                        .mapToInt(operand -> depths.getOrDefault(operand.node(), 0))
                        .max()
                        .orElse(0);
    }

    /// The name in rule files, kebab-case.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
