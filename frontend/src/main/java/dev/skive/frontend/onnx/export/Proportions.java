package dev.skive.frontend.onnx.export;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.op.Resize;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// Sizes that follow from a common scale by rounding, where ONNX would round down: written as the sizes of which the
/// smallest scale is taken.
final class Proportions {
    private static final long LARGE = 1 << 24;

    private Proportions() {}

    /// The sizes to ask for along the resized axes, when asking for scales would give other ones.
    static Optional<String> of(Resize op, NodeWriter writer) {
        boolean cut = true;
        for (Resize.Axis axis : op.axes()) {
            Dim size = writer.shape(0).dim(axis.axis());
            cut &= !size.isKnown() || axis.size().is((long) ((float) axis.scale() * (float) size.known()));
        }
        return cut ? Optional.empty() : Optional.of(writer.longs(sizes(op, writer)));
    }

    private static long[] sizes(Resize op, NodeWriter writer) {
        var sizes = new long[op.axes().size()];
        boolean found = false;
        for (int i = 0; i < sizes.length; i++) {
            Resize.Axis axis = op.axes().get(i);
            long size = writer.shape(0).dim(axis.axis()).known();
            long asked = Math.round(size * axis.scale());
            boolean exact = (float) asked / (float) size == (float) axis.scale();
            sizes[i] = exact && !found ? asked : LARGE;
            found |= exact;
        }
        if (!found) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    writer.nodes().origin(),
                    "sizes %s do not follow from the scales of %s".formatted(writer.node().result().shape(), op));
        }
        return sizes;
    }
}
