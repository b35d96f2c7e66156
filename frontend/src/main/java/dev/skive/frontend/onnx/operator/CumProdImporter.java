package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.CumProd;

/// `CumProd`: the axis is an operand.
record CumProdImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        int axis = node.shape(0).axis(node.numbers(1).getFirst());
        boolean exclusive = node.attributes().flag("exclusive", false);
        boolean reverse = node.attributes().flag("reverse", false);
        return node.add(new CumProd(axis, exclusive, reverse), node.operand(0));
    }
}
