package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Mul;

/// `HardSigmoid`: `max(0, min(1, alpha x + beta))`.
record HardSigmoidImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Value alpha = node.scalar(x, node.attributes().real("alpha", 0.2f));
        Value beta = node.scalar(x, node.attributes().real("beta", 0.5f));
        Value line = node.add(new Add(), node.add(new Mul(), x, alpha), beta);
        return node.add(new Max(), node.add(new Min(), line, node.scalar(x, 1)), node.scalar(x, 0));
    }
}
