package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.DataMovement;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// Operators that move elements. Their sizes are attributes in the IR and operands in ONNX.
final class MovementExport {
    /// Since this opset `Shape` takes a range of axes.
    private static final int SHAPE_RANGE = 15;

    private MovementExport() {}

    static String write(DataMovement op, NodeWriter writer) {
        return switch (op) {
            case Concat(int axis) -> writer.add("Concat", writer.operands(), OnnxAttributes.integer("axis", axis));
            case Expand(ImmutableList<Dim> dims) -> expand(dims, writer);
            case Gather(int axis) -> writer.add("Gather", writer.operands(), OnnxAttributes.integer("axis", axis));
            case Range(Dim count) -> RangeExport.write(count, writer);
            case Reshape(ImmutableList<Dim> dims) -> ReshapeExport.write(dims, writer);
            case ShapeOf(int from, int to) -> shape(from, to, writer);
            case Slice slice -> SliceExport.write(slice, writer);
            case Transpose(ImmutableList<Integer> perm) ->
                    writer.transposed(writer.operand(0), perm.stream().mapToLong(Integer::longValue).toArray());
        };
    }

    /// An axis that keeps the operand's size is asked to be 1, which every size fits.
    private static String expand(ImmutableList<Dim> dims, NodeWriter writer) {
        Shape shape = writer.shape(0);
        var asked = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < dims.size(); axis++) {
            int own = axis - (dims.size() - shape.rank());
            boolean keeps = own >= 0 && !dims.get(axis).isKnown() && shape.dim(own).equals(dims.get(axis));
            asked.add(keeps ? Dim.ONE : dims.get(axis));
        }
        return writer.add("Expand", writer.operand(0), writer.sizes().vector(asked.build()));
    }

    private static String shape(int from, int to, NodeWriter writer) {
        if (from == 0 && to == writer.shape(0).rank()) {
            return writer.add("Shape", writer.operand(0));
        }
        if (writer.opset() >= SHAPE_RANGE) {
            return writer.add(
                    "Shape",
                    writer.operands(),
                    OnnxAttributes.integer("start", from),
                    OnnxAttributes.integer("end", to));
        }
        return writer.add("Slice", writer.add("Shape", writer.operand(0)), writer.longs(from), writer.longs(to));
    }
}
