package dev.skive.frontend.onnx.export;

import dev.skive.ir.op.Attention;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Structured;
import java.util.List;

/// Operators with a structure of their own.
final class StructuredExport {
    private StructuredExport() {}

    static String write(Structured op, NodeWriter writer) {
        return switch (op) {
            case Attention attention -> AttentionExport.write(attention, writer);
            case EmbeddingSum sum -> embeddingSum(writer);
            case LayerNorm norm -> NormExport.layerNorm(norm, writer);
            case RmsNorm norm -> NormExport.rmsNorm(norm, writer);
            case Softmax(int axis) -> writer.add("Softmax", writer.operands(), OnnxAttributes.integer("axis", axis));
        };
    }

    private static String embeddingSum(NodeWriter writer) {
        String sum = "";
        for (int i = 0; i < writer.node().operands().size(); i += 2) {
            String rows =
                    writer.add(
                            "Gather",
                            List.of(writer.operand(i), writer.operand(i + 1)),
                            OnnxAttributes.integer("axis", 0));
            sum = sum.isEmpty() ? rows : writer.add("Add", sum, rows);
        }
        return sum;
    }
}
