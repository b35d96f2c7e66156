package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.GatherElements;
import dev.skive.ir.op.GatherNd;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.ScatterNd;

/// Operators that read or write elements whose places are data.
final class IndexedImporters {
    private IndexedImporters() {}

    /// `GatherElements`: the axis may count from the end.
    static Value gatherElements(NodeContext node) {
        return node.add(new GatherElements(axis(node)), node.operand(0), node.operand(1));
    }

    /// `GatherND`.
    static Value gatherNd(NodeContext node) {
        long batchDims = node.attributes().integer("batch_dims", 0);
        if (batchDims < 0 || batchDims > node.shape(0).rank()) {
            throw node.failure("attribute 'batch_dims' is %s, but operand 0 is %s", batchDims, node.shape(0));
        }
        return node.add(new GatherNd((int) batchDims), node.operand(0), node.operand(1));
    }

    /// `ScatterElements` and the older `Scatter`, which always replaces.
    static Value scatterElements(NodeContext node) {
        var op = new ScatterElements(axis(node), combination(node));
        return node.add(op, node.operand(0), node.operand(1), node.operand(2));
    }

    /// `ScatterND`.
    static Value scatterNd(NodeContext node) {
        return node.add(new ScatterNd(combination(node)), node.operand(0), node.operand(1), node.operand(2));
    }

    private static int axis(NodeContext node) {
        return node.shape(0).axis(node.attributes().integer("axis", 0));
    }

    private static Combination combination(NodeContext node) {
        String reduction = node.attributes().text("reduction", "none");
        return switch (reduction) {
            case "none" -> Combination.REPLACE;
            case "add" -> Combination.ADD;
            case "mul" -> Combination.MUL;
            case "max" -> Combination.MAX;
            case "min" -> Combination.MIN;
            default -> throw node.failure("attribute 'reduction' is '%s'", reduction);
        };
    }
}
