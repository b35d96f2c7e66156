package dev.skive.ir.graph;

import dev.skive.ir.op.Input;
import dev.skive.ir.op.Operands;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.HashSet;

/// Checks the invariants of a graph. A violation is a defect of the pass that built it, so it is an [AssertionError].
public final class GraphVerifier {
    private GraphVerifier() {}

    /// Checks order, types, origins and inputs.
    ///
    /// @return the graph
    public static Graph verify(Graph graph) {
        var seen = new HashSet<Value>();
        seen.add(Value.ABSENT);
        for (Node node : graph.nodes()) {
            for (Value operand : node.operands()) {
                check(seen.contains(operand), graph, node, "uses a value that is not computed before it");
            }
            check(!graph.origin(node).sources().isEmpty(), graph, node, "has no origin");
            check(
                    node.op().infer(new Operands(node.op(), node.operands())).equals(node.types()),
                    graph,
                    node,
                    "has types that differ from its operator's inference");
            check(
                    !(node.op() instanceof Input) || graph.inputs().contains(node.result()),
                    graph,
                    node,
                    "is an input the graph does not declare");
            for (int i = 0; i < node.types().size(); i++) {
                seen.add(node.result(i));
            }
        }
        graph.outputs()
                .values()
                .forEach(output ->
                        check(seen.contains(output), graph, output.node(), "has no result " + output.index()));
        return graph;
    }

    /// True when a value of type `with` may stand where one of type `type` stood: same element type and rank, and no
    /// size that is known to differ.
    public static boolean canReplace(Type type, Type with) {
        if (!(type instanceof TensorType before) || !(with instanceof TensorType after)) {
            return type.equals(with);
        }
        if (before.element() != after.element() || before.shape().rank() != after.shape().rank()) {
            return false;
        }
        for (int i = 0; i < before.shape().rank(); i++) {
            if (before.shape().dim(i).differsFrom(after.shape().dim(i))) {
                return false;
            }
        }
        return true;
    }

    private static void check(boolean holds, Graph graph, Node node, String violation) {
        if (!holds) {
            throw new AssertionError(
                    "%s: node %d (%s) %s".formatted(graph, graph.position(node), node.op().mnemonic(), violation));
        }
    }
}
