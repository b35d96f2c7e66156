package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Concat;

/// `Concat`: the axis may count from the end.
record ConcatImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        long axis = node.attributes().integer("axis").orElseThrow(() -> node.failure("attribute 'axis' is missing"));
        int at = node.shape(0).axis(axis);
        return node.add(new Concat(at), node.operands().toArray(Value[]::new));
    }
}
