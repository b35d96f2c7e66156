package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.DataMovement;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.GatherElements;
import dev.skive.ir.op.GatherNd;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.ScatterNd;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Operators that move elements. Their sizes are attributes in the IR and operands in ONNX.
final class MovementExport {
    /// Since this opset `Shape` takes a range of axes.
    private static final int SHAPE_RANGE = 15;

    /// First opset in which `Pad` wraps around.
    private static final int PAD_WRAP = 19;

    /// First opset in which updates are added or multiplied.
    private static final int SCATTER_SUM = 16;

    /// First opset in which the greater or lesser of element and update stays.
    private static final int SCATTER_EXTREME = 18;

    private MovementExport() {}

    static String write(DataMovement op, NodeWriter writer) {
        return switch (op) {
            case Concat(int axis) -> writer.add("Concat", writer.operands(), OnnxAttributes.integer("axis", axis));
            case Expand(ImmutableList<Dim> dims) -> expand(dims, writer);
            case Gather(int axis) -> writer.add("Gather", writer.operands(), OnnxAttributes.integer("axis", axis));
            case GatherElements(int axis) ->
                    writer.add("GatherElements", writer.operands(), OnnxAttributes.integer("axis", axis));
            case GatherNd(int batchDims) ->
                    writer.add("GatherND", writer.operands(), OnnxAttributes.integer("batch_dims", batchDims));
            case Pad pad -> pad(pad, writer);
            case Range(Dim count) -> RangeExport.write(count, writer);
            case Reshape(ImmutableList<Dim> dims) -> ReshapeExport.write(dims, writer);
            case ScatterElements(int axis, Combination combination) ->
                    writer.add(
                            "ScatterElements",
                            writer.operands(),
                            Stream.concat(
                                            Stream.of(OnnxAttributes.integer("axis", axis)),
                                            combination(combination, writer))
                                    .toArray(AttributeProto[]::new));
            case ScatterNd(Combination combination) ->
                    writer.add(
                            "ScatterND",
                            writer.operands(),
                            combination(combination, writer).toArray(AttributeProto[]::new));
            case ShapeOf(int from, int to) -> shape(from, to, writer);
            case Slice slice -> SliceExport.write(slice, writer);
            case Transpose(ImmutableList<Integer> perm) ->
                    writer.transposed(writer.operand(0), perm.stream().mapToLong(Integer::longValue).toArray());
        };
    }

    private static String pad(Pad pad, NodeWriter writer) {
        if (pad.mode() == Pad.Mode.WRAP) {
            writer.since(PAD_WRAP, "Pad in mode 'wrap'");
        }
        var pads = ImmutableList.<Dim>builder().addAll(pad.before()).addAll(pad.after()).build();
        var operands = new ArrayList<>(List.of(writer.operand(0), writer.sizes().vector(pads)));
        if (pad.mode() == Pad.Mode.CONSTANT) {
            operands.add(writer.operand(1));
        }
        String mode = pad.mode().name().toLowerCase(Locale.ROOT);
        return writer.add("Pad", operands, OnnxAttributes.text("mode", mode));
    }

    private static Stream<AttributeProto> combination(Combination combination, NodeWriter writer) {
        if (combination == Combination.REPLACE) {
            return Stream.of();
        }
        String name = combination.name().toLowerCase(Locale.ROOT);
        boolean sum = combination == Combination.ADD || combination == Combination.MUL;
        writer.since(sum ? SCATTER_SUM : SCATTER_EXTREME, "a scatter with reduction '" + name + "'");
        return Stream.of(OnnxAttributes.text("reduction", name));
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
