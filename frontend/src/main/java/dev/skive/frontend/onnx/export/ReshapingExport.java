package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.op.AroundAxis;
import dev.skive.ir.op.CollapseAxes;
import dev.skive.ir.op.DynamicExpand;
import dev.skive.ir.op.DynamicReshape;
import dev.skive.ir.op.DynamicResize;
import dev.skive.ir.op.DynamicSlice;
import dev.skive.ir.op.DynamicSqueeze;
import dev.skive.ir.op.DynamicUnsqueeze;
import dev.skive.ir.op.Extents;
import dev.skive.ir.op.Reshaping;

/// Operators that data tells what to do with axes.
final class ReshapingExport {
    private static final int AXES_ARE_OPERANDS = 13;
    private static final int ALLOW_ZERO = 14;

    private ReshapingExport() {}

    static String write(Reshaping op, NodeWriter writer) {
        return switch (op) {
            case AroundAxis around -> around(writer);
            case CollapseAxes collapse ->
                    throw new SkiveException(
                            ExitCode.USAGE, "a reduction along axes that a run tells cannot be written as ONNX yet");
            case DynamicExpand expand -> writer.add("Expand", writer.operand(0), longs(writer, 1));
            case DynamicReshape reshape -> reshape(reshape, writer);
            case DynamicResize resize ->
                    throw new SkiveException(ExitCode.USAGE, "a resize that a run tells cannot be written as ONNX yet");
            case DynamicSlice slice -> slice(writer);
            case DynamicSqueeze squeeze -> axes("Squeeze", writer);
            case DynamicUnsqueeze unsqueeze -> axes("Unsqueeze", writer);
            case Extents extents -> extents(writer);
        };
    }

    private static String reshape(DynamicReshape op, NodeWriter writer) {
        if (!op.zeroIsSize()) {
            return writer.add("Reshape", writer.operands());
        }
        writer.since(ALLOW_ZERO, "a reshape where 0 is a size");
        return writer.add("Reshape", writer.operands(), OnnxAttributes.integer("allowzero", 1));
    }

    private static String slice(NodeWriter writer) {
        writer.since(10, "a slice that a run tells");
        return writer.add("Slice", writer.operands());
    }

    private static String axes(String type, NodeWriter writer) {
        writer.since(AXES_ARE_OPERANDS, type + " of axes that a run tells");
        return writer.add(type, writer.operands());
    }

    private static String extents(NodeWriter writer) {
        String numbers = longs(writer, 0);
        String shape =
                writer.add("Concat", ImmutableList.of(writer.longs(0), numbers), OnnxAttributes.integer("axis", 0));
        return writer.add("ConstantOfShape", shape);
    }

    private static String longs(NodeWriter writer, int index) {
        return writer.add("Cast", ImmutableList.of(writer.operand(index)), OnnxAttributes.integer("to", 7));
    }

    /// The sizes are computed from the shape; none is taken over with 0 or left over with -1, as any may be 0.
    private static String around(NodeWriter writer) {
        writer.since(ALLOW_ZERO, "an axis that a run tells");
        int rank = writer.shape(0).rank();
        String shape = writer.add("Shape", writer.operand(0));
        String given = writer.reshaped(longs(writer, 1), 1);
        String axis = writer.add("Mod", writer.add("Add", given, writer.longs(rank)), writer.longs(rank));
        String next = writer.add("Add", axis, writer.longs(1));
        String before = product(writer, writer.add("Slice", shape, writer.longs(0), axis));
        String size = writer.add("Slice", shape, axis, next);
        String after = product(writer, writer.add("Slice", shape, next, writer.longs(rank)));
        String sizes = writer.add("Concat", ImmutableList.of(before, size, after), OnnxAttributes.integer("axis", 0));
        return writer.add(
                "Reshape", ImmutableList.of(writer.operand(0), sizes), OnnxAttributes.integer("allowzero", 1));
    }

    /// The product of a list that may be empty.
    private static String product(NodeWriter writer, String list) {
        return writer.add("ReduceProd", ImmutableList.of(list), OnnxAttributes.integer("keepdims", 1));
    }
}
