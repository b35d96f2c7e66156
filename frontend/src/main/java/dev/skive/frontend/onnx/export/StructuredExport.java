package dev.skive.frontend.onnx.export;

import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.ArgMin;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.CumProd;
import dev.skive.ir.op.CumSum;
import dev.skive.ir.op.Det;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Structured;
import java.util.List;

/// Operators with a structure of their own.
final class StructuredExport {
    /// Since this opset there are running products.
    private static final int CUM_PROD = 26;

    private StructuredExport() {}

    static String write(Structured op, NodeWriter writer) {
        return switch (op) {
            case ArgMax(int axis, boolean keepDims, boolean last) -> best("ArgMax", axis, keepDims, last, writer);
            case ArgMin(int axis, boolean keepDims, boolean last) -> best("ArgMin", axis, keepDims, last, writer);
            case Attention attention -> AttentionExport.write(attention, writer);
            case CumProd(int axis, boolean exclusive, boolean reverse) -> {
                writer.since(CUM_PROD, "CumProd");
                yield running("CumProd", axis, exclusive, reverse, writer);
            }
            case CumSum(int axis, boolean exclusive, boolean reverse) ->
                    running("CumSum", axis, exclusive, reverse, writer);
            case Det det -> writer.add("Det", writer.operands());
            case EmbeddingSum sum -> embeddingSum(writer);
            case LayerNorm norm -> NormExport.layerNorm(norm, writer);
            case RmsNorm norm -> NormExport.rmsNorm(norm, writer);
            case Softmax(int axis) -> writer.add("Softmax", writer.operands(), OnnxAttributes.integer("axis", axis));
        };
    }

    private static String running(String type, int axis, boolean exclusive, boolean reverse, NodeWriter writer) {
        return writer.add(
                type,
                List.of(writer.operand(0), writer.longs(axis)),
                OnnxAttributes.integer("exclusive", exclusive ? 1 : 0),
                OnnxAttributes.integer("reverse", reverse ? 1 : 0));
    }

    private static String best(String type, int axis, boolean keepDims, boolean last, NodeWriter writer) {
        return writer.add(
                type,
                writer.operands(),
                OnnxAttributes.integer("axis", axis),
                OnnxAttributes.integer("keepdims", keepDims ? 1 : 0),
                OnnxAttributes.integer("select_last_index", last ? 1 : 0));
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
