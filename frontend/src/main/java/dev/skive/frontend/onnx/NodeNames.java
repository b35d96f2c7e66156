package dev.skive.frontend.onnx;

import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.graph.Origin;

/// What nodes are called in messages and origins.
final class NodeNames {
    private NodeNames() {}

    /// The node's name, or that of its first result, or its operator and place.
    static String of(NodeProto node, int index) {
        if (!node.getName().isEmpty()) {
            return node.getName();
        }
        return node.getOutputList().stream()
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(node.getOpType() + "_" + index);
    }

    /// The origin of what the node becomes.
    static Origin origin(NodeProto node, int index) {
        String domain = OnnxVersions.domain(node.getDomain());
        return Origin.of(of(node, index), domain.isEmpty() ? node.getOpType() : domain + "." + node.getOpType());
    }
}
