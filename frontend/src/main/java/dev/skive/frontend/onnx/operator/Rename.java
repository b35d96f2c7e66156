package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;

/// An operator that the IR has as it is, under another name at most.
///
/// @param op the operator of the IR
record Rename(Op op) implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        return node.add(op, node.operands().toArray(Value[]::new));
    }
}
