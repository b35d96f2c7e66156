package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;

/// Operators of any number of operands (`Max`, `Min`, `Sum`), as nested operators of two.
///
/// @param op the operator of two
record VariadicImporter(Op op) implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value result = node.operand(0);
        for (int i = 1; i < node.operands().size(); i++) {
            result = node.add(op, result, node.operand(i));
        }
        return result;
    }
}
