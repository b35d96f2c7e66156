package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Pow;
import dev.skive.ir.type.ElementType;

/// `Pow`: the exponent may have another type than the base; the result has that of the base.
record PowImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        ElementType base = node.element(0);
        ElementType exponent = node.element(1);
        if (base == exponent) {
            return node.add(new Pow(), node.operand(0), node.operand(1));
        }
        // A fractional power of an integer is computed in the type of the exponent.
        ElementType common = base.isReal() || !exponent.isReal() ? base : exponent;
        Value power = node.add(new Pow(), cast(node, 0, common), cast(node, 1, common));
        return base == common ? power : node.add(new Cast(base), power);
    }

    private static Value cast(NodeContext node, int index, ElementType to) {
        Value operand = node.operand(index);
        return node.element(index) == to ? operand : node.add(new Cast(to), operand);
    }
}
