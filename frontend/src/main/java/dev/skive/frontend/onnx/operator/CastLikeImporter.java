package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;

/// `CastLike`: the target is the type of operand 1.
record CastLikeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        return CastImporter.cast(node, node.element(1));
    }
}
