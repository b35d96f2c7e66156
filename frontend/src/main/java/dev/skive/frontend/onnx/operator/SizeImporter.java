package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ReduceProd;
import dev.skive.ir.op.ShapeOf;

/// `Size`: the product of all sizes.
record SizeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        return node.add(new ReduceProd(ImmutableList.of(0), false), node.add(new ShapeOf(0, x.shape().rank()), x));
    }
}
