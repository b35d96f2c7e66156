package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.BitwiseXor;

/// `BitwiseNot`: the bits that differ from all ones.
record BitwiseNotImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        long all = x.tensor().element().wrap(-1);
        return node.add(
                new BitwiseXor(),
                x,
                node.constant(dev.skive.ir.data.TensorData.ofIntegers(x.tensor().element(), new long[] {all})));
    }
}
