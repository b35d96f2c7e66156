package dev.skive.frontend.onnx.export;

import dev.skive.ir.op.Attention;
import dev.skive.ir.type.Shape;
import java.util.List;

/// Attention, in parts for opsets that lack it.
final class AttentionExport {
    /// First opset with `Attention`.
    private static final int ATTENTION = 23;

    private AttentionExport() {}

    static String write(Attention op, NodeWriter writer) {
        if (writer.opset() >= ATTENTION) {
            return writer.add(
                    "Attention",
                    writer.has(3)
                            ? List.of(writer.operand(0), writer.operand(1), writer.operand(2), mask(writer))
                            : List.of(writer.operand(0), writer.operand(1), writer.operand(2)),
                    OnnxAttributes.integer("q_num_heads", op.queryHeads()),
                    OnnxAttributes.integer("kv_num_heads", op.keyHeads()),
                    OnnxAttributes.real("scale", op.scale()));
        }
        String q = writer.transposed(heads(op.queryHeads(), 0, writer), 0, 2, 1, 3);
        String k = shared(op, writer.transposed(heads(op.keyHeads(), 1, writer), 0, 2, 3, 1), 1, writer);
        String v = shared(op, writer.transposed(heads(op.keyHeads(), 2, writer), 0, 2, 1, 3), 2, writer);
        String scores = writer.add("Mul", writer.add("MatMul", q, k), writer.scalar(0, op.scale()));
        String masked = writer.has(3) ? writer.add("Add", scores, writer.operand(3)) : scores;
        String weights = writer.add("Softmax", List.of(masked), OnnxAttributes.integer("axis", -1));
        String mixed = writer.transposed(writer.add("MatMul", weights, v), 0, 2, 1, 3);
        return writer.reshaped(mixed, 0, 0, op.queryHeads() * headSize(op.keyHeads(), 2, writer));
    }

    /// The mask with all queries and keys, over which ORT does not broadcast.
    private static String mask(NodeWriter writer) {
        Shape shape = writer.shape(3);
        Shape full = Shape.of(writer.shape(0).dim(1), writer.shape(1).dim(1));
        int rank = shape.rank();
        return rank >= 2 && shape.slice(rank - 2, rank).equals(full)
                ? writer.operand(3)
                : writer.add("Expand", writer.operand(3), writer.sizes().vector(Shape.broadcast(shape, full).dims()));
    }

    private static long headSize(int heads, int operand, NodeWriter writer) {
        return writer.shape(operand).last().known() / heads;
    }

    private static String heads(int heads, int operand, NodeWriter writer) {
        return writer.reshaped(writer.operand(operand), 0, 0, heads, headSize(heads, operand, writer));
    }

    /// Repeats each key head for the query heads that share it. The operand is `[batch, heads, a, b]` of which either `a`
    /// (keys, operand 1) or `b` (values, operand 2) is the head size.
    private static String shared(Attention op, String heads, int operand, NodeWriter writer) {
        long group = op.queryHeads() / op.keyHeads();
        if (group == 1) {
            return heads;
        }
        long size = headSize(op.keyHeads(), operand, writer);
        boolean isKey = operand == 1;
        String apart = isKey ? writer.reshaped(heads, 0, 0, 1, size, -1) : writer.reshaped(heads, 0, 0, 1, -1, size);
        String repeated = writer.add("Expand", apart, writer.longs(1, 1, group, 1, 1));
        return isKey
                ? writer.reshaped(repeated, 0, op.queryHeads(), size, -1)
                : writer.reshaped(repeated, 0, op.queryHeads(), -1, size);
    }
}
