package dev.skive.frontend.onnx;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Nested;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.OptionalLong;

/// Checks how large the values are that a model computes, as far as their sizes are known: a few bytes of shape arithmetic
/// can ask for any amount of memory.
///
/// @param limits what is refused
record ValueLimits(Limits limits) {
    /// Checks every value of a graph and of the graphs within it.
    ///
    /// @throws SkiveException when a value is larger than its limit, or its size cannot be counted
    void check(Graph graph) {
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Nested nested) {
                nested.bodies().forEach(body -> check(body.graph()));
            }
            for (Type type : node.types()) {
                if (type instanceof TensorType tensor) {
                    check(graph, node, tensor);
                }
            }
        }
    }

    private void check(Graph graph, Node node, TensorType tensor) {
        try {
            OptionalLong count = tensor.shape().elementCount().ifKnown();
            if (count.isPresent()) {
                String subject = "%s: a result of type %s".formatted(graph.origin(node), tensor);
                limits.require(Limit.VALUE_BYTES, tensor.element().bytes(count.getAsLong()), subject);
            }
            tensor.shape().dims().stream().filter(Dim::isKnown).forEach(dim -> dim.times(tensor.element().bits()));
        } catch (ArithmeticException overflow) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    graph.origin(node),
                    "the sizes of a result of type %s overflow 64 bits".formatted(tensor));
        }
    }
}
