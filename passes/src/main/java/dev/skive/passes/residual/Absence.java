package dev.skive.passes.residual;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Nested;
import dev.skive.ir.type.TensorType;
import java.util.List;

/// Why a network has no residual stream.
public final class Absence {
    private Absence() {}

    /// The reason in words, naming what comes closest.
    public static String reason(Graph graph) {
        List<Node> sums =
                graph.nodes().stream()
                        .filter(node -> node.op() instanceof Add && node.result().type() instanceof TensorType)
                        .toList();
        if (sums.isEmpty()) {
            return graph.nodes().stream().anyMatch(node -> node.op() instanceof Nested)
                    ? "nothing is added outside the graphs of If and Loop, which are not looked into"
                    : "nothing is added to anything";
        }
        List<Node> equal =
                sums.stream()
                        .filter(sum -> sum.operands().stream().allMatch(x -> x.type().equals(sum.result().type())))
                        .toList();
        if (equal.isEmpty()) {
            return "no addition has two operands of the type of its result (the %d there are add biases or the like, the first is %s)"
                    .formatted(sums.size(), graph.origin(sums.getFirst()));
        }
        return "in none of the %d additions of equal types is one operand computed from the other by a layer (the first is %s)"
                .formatted(equal.size(), graph.origin(equal.getFirst()));
    }
}
