package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.ArgMin;

/// `ArgMax` and `ArgMin`.
///
/// @param greatest which of the two
record ArgImporter(boolean greatest) implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        int axis = node.shape(0).axis(node.attributes().integer("axis", 0));
        boolean keepDims = node.attributes().flag("keepdims", true);
        boolean last = node.attributes().flag("select_last_index", false);
        return node.add(
                greatest ? new ArgMax(axis, keepDims, last) : new ArgMin(axis, keepDims, last), node.operand(0));
    }
}
