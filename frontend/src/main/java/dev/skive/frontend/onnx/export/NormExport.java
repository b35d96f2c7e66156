package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Normalizations, in parts for opsets that lack them.
final class NormExport {
    /// First opset with `LayerNormalization`.
    private static final int LAYER_NORM = 17;

    /// First opset with `RMSNormalization`.
    private static final int RMS_NORM = 23;

    private NormExport() {}

    static String layerNorm(LayerNorm op, NodeWriter writer) {
        if (writer.opset() >= LAYER_NORM) {
            return norm("LayerNormalization", op.axis(), op.epsilon(), writer);
        }
        String x = writer.operand(0);
        String centred = writer.add("Sub", x, mean(x, op.axis(), writer));
        String variance = mean(writer.add("Mul", centred, centred), op.axis(), writer);
        return scaled(centred, variance, op.epsilon(), writer);
    }

    static String rmsNorm(RmsNorm op, NodeWriter writer) {
        if (writer.opset() >= RMS_NORM) {
            return norm("RMSNormalization", op.axis(), op.epsilon(), writer);
        }
        String x = writer.operand(0);
        return scaled(x, mean(writer.add("Mul", x, x), op.axis(), writer), op.epsilon(), writer);
    }

    /// The scale and shift must have the sizes of the normalized axes; the IR lets them broadcast.
    private static String norm(String type, int axis, double epsilon, NodeWriter writer) {
        Shape shape = writer.shape(0);
        Shape normalized = shape.slice(axis, shape.rank());
        var operands = new ArrayList<>(List.of(writer.operand(0)));
        for (int i = 1; i < writer.node().operands().size(); i++) {
            boolean fits = !writer.has(i) || writer.shape(i).equals(normalized);
            String operand = writer.has(i) ? writer.operand(i) : "";
            operands.add(fits ? operand : writer.add("Expand", operand, writer.sizes().vector(normalized.dims())));
        }
        return writer.add(
                type, operands, OnnxAttributes.integer("axis", axis), OnnxAttributes.real("epsilon", epsilon));
    }

    private static String mean(String x, int axis, NodeWriter writer) {
        long[] axes = IntStream.range(axis, writer.shape(0).rank()).asLongStream().toArray();
        AttributeProto keepDims = OnnxAttributes.integer("keepdims", 1);
        return writer.opset() >= ReductionExport.AXES_OPERAND
                ? writer.add("ReduceMean", List.of(x, writer.longs(axes)), keepDims)
                : writer.add("ReduceMean", List.of(x), OnnxAttributes.integers("axes", axes), keepDims);
    }

    private static String scaled(String x, String square, double epsilon, NodeWriter writer) {
        String root = writer.add("Sqrt", writer.add("Add", square, writer.scalar(0, epsilon)));
        String product = writer.add("Mul", writer.add("Div", x, root), writer.operand(1));
        return writer.has(2) ? writer.add("Add", product, writer.operand(2)) : product;
    }
}
