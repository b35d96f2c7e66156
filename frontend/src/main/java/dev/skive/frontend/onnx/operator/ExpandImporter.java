package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;

/// `Expand`: the shape is an operand.
record ExpandImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        return node.add(new Expand(node.sizes(1)), node.operand(0));
    }
}
