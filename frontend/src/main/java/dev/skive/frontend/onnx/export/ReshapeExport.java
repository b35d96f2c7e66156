package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Reshapes: a size that stays in place is written as 0, one other open size as -1, and only what remains is computed.
final class ReshapeExport {
    /// Since this opset a size can be said to be 0.
    private static final int ALLOW_ZERO = 14;

    /// Since this opset the axes of `Unsqueeze` are an operand.
    private static final int AXES_AS_OPERAND = 13;

    private ReshapeExport() {}

    static String write(ImmutableList<Dim> dims, NodeWriter writer) {
        if (dims.stream().anyMatch(dim -> dim.is(0))) {
            return empty(dims, writer);
        }
        Shape shape = writer.shape(0);
        var asked = new ArrayList<Dim>();
        int open = -1;
        for (int axis = 0; axis < dims.size(); axis++) {
            Dim dim = dims.get(axis);
            boolean stays = !dim.isKnown() && axis < shape.rank() && shape.dim(axis).equals(dim);
            open = dim.isKnown() || stays ? open : axis;
            asked.add(stays ? Dim.ZERO : dim);
        }
        if (open >= 0 && asked.contains(Dim.ZERO) && writer.opset() >= AXES_AS_OPERAND) {
            Optional<long[]> added = addedAxes(shape.dims(), dims);
            if (added.isPresent()) {
                return writer.add("Unsqueeze", writer.operand(0), writer.longs(added.get()));
            }
        }
        if (open >= 0) {
            asked.set(open, Dim.of(-1));
        }
        return writer.add("Reshape", writer.operand(0), writer.sizes().vector(asked));
    }

    /// The axes of size 1 that make one list of sizes of another; -1 would not do when a size that stays is 0.
    private static Optional<long[]> addedAxes(List<Dim> from, List<Dim> to) {
        var added = LongStream.builder();
        int next = 0;
        for (int axis = 0; axis < to.size(); axis++) {
            if (next < from.size() && to.get(axis).equals(from.get(next))) {
                next++;
            } else if (to.get(axis).is(1)) {
                added.add(axis);
            } else {
                return Optional.empty();
            }
        }
        return next == from.size() ? Optional.of(added.build().toArray()) : Optional.empty();
    }

    private static String empty(ImmutableList<Dim> dims, NodeWriter writer) {
        if (writer.opset() < ALLOW_ZERO) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    writer.nodes().origin(),
                    "a reshape to %s cannot be written for opset %d; use %d or later"
                            .formatted(dims, writer.opset(), ALLOW_ZERO));
        }
        return writer.add(
                "Reshape",
                List.of(writer.operand(0), writer.sizes().vector(dims)),
                OnnxAttributes.integer("allowzero", 1));
    }
}
