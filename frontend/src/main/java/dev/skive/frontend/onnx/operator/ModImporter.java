package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Mod;

/// `Mod`: with `fmod` the sign is that of the dividend, which the standard asks for on real numbers.
record ModImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        boolean truncated = node.attributes().flag("fmod", false);
        if (!truncated && node.element(0).isReal()) {
            throw node.failure("attribute 'fmod' must be 1 for operands of %s", node.element(0));
        }
        return node.add(new Mod(truncated), node.operand(0), node.operand(1));
    }
}
