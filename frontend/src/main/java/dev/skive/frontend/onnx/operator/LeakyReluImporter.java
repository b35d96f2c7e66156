package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Where;

/// `LeakyRelu`: `x < 0 ? alpha x : x`.
record LeakyReluImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Value alpha = node.scalar(x, node.attributes().real("alpha", 0.01f));
        Value negative = node.add(new Less(), x, node.scalar(x, 0));
        return node.add(new Where(), negative, node.add(new Mul(), alpha, x), x);
    }
}
