package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Gelu;

/// ORT's `BiasGelu` and `FastGelu`: the activation of the sum of operand and optional bias.
///
/// @param form which formula
record BiasGeluImporter(Gelu.Form form) implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Value sum = node.optional(1).map(bias -> node.add(new Add(), x, bias)).orElse(x);
        return node.add(new Gelu(form), sum);
    }
}
