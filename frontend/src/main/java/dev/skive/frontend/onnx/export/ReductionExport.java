package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reduction;
import java.util.List;
import java.util.stream.IntStream;

/// Reductions, whose axes became an operand in opset 13 (`ReduceSum`) and 18 (the others).
final class ReductionExport {
    /// Since this opset the axes of every reduction are an operand.
    static final int AXES_OPERAND = 18;

    private static final String GLOBAL_POOL = "GlobalAveragePool";

    private ReductionExport() {}

    static String write(Reduction op, NodeWriter writer) {
        long[] axes = op.axes().stream().mapToLong(Integer::longValue).toArray();
        if (axes.length == 0) {
            // No axes would mean all of them in ONNX.
            return writer.add("Identity", writer.operands());
        }
        if (op instanceof ReduceMean && isGlobalPool(op, writer)) {
            return writer.add(GLOBAL_POOL, writer.operands());
        }
        String type = op.getClass().getSimpleName();
        AttributeProto keepDims = OnnxAttributes.integer("keepdims", op.keepDims() ? 1 : 0);
        if (op instanceof ReduceSum || writer.opset() >= AXES_OPERAND) {
            return writer.add(type, List.of(writer.operand(0), writer.longs(axes)), keepDims);
        }
        return writer.add(type, writer.operands(), OnnxAttributes.integers("axes", axes), keepDims);
    }

    /// True for the mean of every channel that was a pool: runtimes add up its elements in another order.
    private static boolean isGlobalPool(Reduction op, NodeWriter writer) {
        var spatial = IntStream.range(2, writer.shape(0).rank()).boxed().toList();
        return writer.nodes().origin().operator().equals(GLOBAL_POOL) && op.keepDims() && op.axes().equals(spatial);
    }
}
