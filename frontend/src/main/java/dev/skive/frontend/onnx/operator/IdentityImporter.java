package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;

/// `Identity`: no operator at all.
record IdentityImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        return node.operand(0);
    }
}
