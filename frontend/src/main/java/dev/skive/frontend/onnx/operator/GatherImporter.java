package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;

/// `Gather`: the axis may count from the end.
record GatherImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        int axis = node.shape(0).axis(node.attributes().integer("axis", 0));
        return node.add(new Gather(axis), node.operand(0), node.operand(1));
    }
}
