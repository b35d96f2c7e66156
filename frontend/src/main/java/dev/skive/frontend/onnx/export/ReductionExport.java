package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reduction;
import java.util.List;

/// Reductions, whose axes became an operand in opset 13 (`ReduceSum`) and 18 (the others).
final class ReductionExport {
    /// Since this opset the axes of every reduction are an operand.
    static final int AXES_OPERAND = 18;

    private ReductionExport() {}

    static String write(Reduction op, NodeWriter writer) {
        long[] axes = op.axes().stream().mapToLong(Integer::longValue).toArray();
        if (axes.length == 0) {
            // No axes would mean all of them in ONNX.
            return writer.add("Identity", writer.operands());
        }
        String type = op.getClass().getSimpleName();
        AttributeProto keepDims = OnnxAttributes.integer("keepdims", op.keepDims() ? 1 : 0);
        if (op instanceof ReduceSum || writer.opset() >= AXES_OPERAND) {
            return writer.add(type, List.of(writer.operand(0), writer.longs(axes)), keepDims);
        }
        return writer.add(type, writer.operands(), OnnxAttributes.integers("axes", axes), keepDims);
    }
}
