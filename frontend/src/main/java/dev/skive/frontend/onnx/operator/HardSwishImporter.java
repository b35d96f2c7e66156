package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Mul;

/// `HardSwish`: `x max(0, min(1, x/6 + 1/2))`.
record HardSwishImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Value line = node.add(new Add(), node.add(new Mul(), x, node.scalar(x, 1f / 6)), node.scalar(x, 0.5));
        Value gate = node.add(new Max(), node.add(new Min(), line, node.scalar(x, 1)), node.scalar(x, 0));
        return node.add(new Mul(), x, gate);
    }
}
