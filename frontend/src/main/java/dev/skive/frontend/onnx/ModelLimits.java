package dev.skive.frontend.onnx;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;

/// Checks what a model asks for before work is done for it.
final class ModelLimits {
    private final Limits limits;
    private int nodes;

    ModelLimits(Limits limits) {
        this.limits = limits;
    }

    /// Checks a graph and the graphs within it.
    ///
    /// @throws SkiveException when a limit is exceeded
    void check(GraphProto graph) {
        check(graph, 0);
    }

    private void check(GraphProto graph, int depth) {
        nodes += graph.getNodeCount();
        require(depth <= limits.nesting(), "graphs are nested deeper than the limit of %d", limits.nesting());
        require(nodes <= limits.nodes(), "the model has more nodes than the limit of %d", limits.nodes());
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(this::checkName);
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(this::checkName);
        graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(this::checkName);
        for (NodeProto node : graph.getNodeList()) {
            checkName(node.getName());
            checkName(node.getOpType());
            node.getInputList().forEach(this::checkName);
            node.getOutputList().forEach(this::checkName);
            for (AttributeProto attribute : node.getAttributeList()) {
                checkName(attribute.getName());
                if (attribute.hasG()) {
                    check(attribute.getG(), depth + 1);
                }
                attribute.getGraphsList().forEach(inner -> check(inner, depth + 1));
            }
        }
    }

    private void checkName(String name) {
        require(name.length() <= limits.nameLength(), "a name is longer than the limit of %d", limits.nameLength());
    }

    private static void require(boolean holds, String message, int limit) {
        if (!holds) {
            throw new SkiveException(ExitCode.REFUSED, message.formatted(limit));
        }
    }
}
