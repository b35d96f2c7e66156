package dev.skive.passes.weight;

import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;

/// Values that a model file holds: constants, also those kept in a smaller type or another layout and brought into form
/// where they are used, such as float16 weights behind a cast or quantized ones behind `dequantize`.
public final class Weight {
    private Weight() {}

    /// True for such a value.
    public static boolean is(Value value) {
        Node node = value.node();
        return switch (node.op()) {
            case Constant constant -> true;
            case Cast cast -> is(node.operand(0));
            case Reshape reshape -> is(node.operand(0));
            case Transpose transpose -> is(node.operand(0));
            case Dequantize dequantize ->
                    node.operands().stream()
                            .filter(operand -> !operand.isAbsent())
                            .allMatch(operand -> operand.constant().isPresent());
            default -> false;
        };
    }
}
