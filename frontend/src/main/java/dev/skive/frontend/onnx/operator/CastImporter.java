package dev.skive.frontend.onnx.operator;

import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.BitCast;
import dev.skive.ir.op.Cast;
import dev.skive.ir.type.ElementType;

/// `Cast`: the target is an attribute.
record CastImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        return cast(node, target(node));
    }

    /// `BitCast`: the bits of operand 0 as another type.
    static Value bits(NodeContext node) {
        ElementType to = target(node);
        return node.element(0) == to ? node.operand(0) : node.add(new BitCast(to), node.operand(0));
    }

    private static ElementType target(NodeContext node) {
        long number = node.attributes().integer("to").orElseThrow(() -> node.failure("attribute 'to' is missing"));
        return OnnxTypes.element(number).orElseThrow(() -> node.failure("unknown element type %s", number));
    }

    /// Operand 0 as another type.
    static Value cast(NodeContext node, ElementType to) {
        boolean saturate = node.attributes().flag("saturate", true);
        String rounding = node.attributes().text("round_mode", "up");
        Value x = node.operand(0);
        if (node.element(0) == to) {
            return x;
        }
        if (node.element(0) == ElementType.STRING || to == ElementType.STRING) {
            return TextImporters.cast(node, to);
        }
        boolean isNarrow = to.isReal() && to.bits() == Byte.SIZE;
        return isNarrow ? new NarrowCast(node, to, saturate).of(x, rounding) : node.add(new Cast(to), x);
    }
}
