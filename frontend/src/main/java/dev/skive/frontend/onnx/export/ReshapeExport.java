package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Reshapes: a size that stays in place is written as 0, one other open size as -1, and only what remains is computed.
final class ReshapeExport {
    /// Since this opset a size can be said to be 0.
    private static final int ALLOW_ZERO = 14;

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
        if (open >= 0) {
            asked.set(open, Dim.of(-1));
        }
        return writer.add("Reshape", writer.operand(0), writer.sizes().vector(asked));
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
