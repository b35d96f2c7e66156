package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ShapeOf;

/// `Shape`: since opset 15 of a range of axes.
record ShapeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        int rank = node.shape(0).rank();
        int from = clamp(node.attributes().integer("start", 0), rank);
        int to = clamp(node.attributes().integer("end", rank), rank);
        return node.add(new ShapeOf(from, Math.max(from, to)), node.operand(0));
    }

    private static int clamp(long axis, int rank) {
        return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }
}
