package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.BitShift;

/// `BitShift`: the direction is an attribute that must be given.
record BitShiftImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        String direction = node.attributes().text("direction", "");
        return switch (direction) {
            case "LEFT" -> node.add(new BitShift(true), node.operand(0), node.operand(1));
            case "RIGHT" -> node.add(new BitShift(false), node.operand(0), node.operand(1));
            default -> throw node.failure("attribute 'direction' must be 'LEFT' or 'RIGHT', found '%s'", direction);
        };
    }
}
