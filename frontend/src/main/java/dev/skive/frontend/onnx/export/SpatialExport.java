package dev.skive.frontend.onnx.export;

import dev.skive.ir.op.GridSample;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.Spatial;
import java.util.Locale;

/// Operators on grids of samples.
final class SpatialExport {
    private static final int GRID_SAMPLE = 16;

    /// Since this opset images have any number of axes.
    private static final int VOLUMES = 20;

    private SpatialExport() {}

    static String write(Spatial op, NodeWriter writer) {
        return switch (op) {
            case GridSample sample -> gridSample(sample, writer);
            case Resize resize -> ResizeExport.write(resize, writer);
        };
    }

    private static String gridSample(GridSample op, NodeWriter writer) {
        boolean volumes = writer.opset() >= VOLUMES;
        writer.since(writer.shape(0).rank() == 4 ? GRID_SAMPLE : VOLUMES, "GridSample");
        String mode =
                switch (op.interpolation()) {
                    case NEAREST -> "nearest";
                    case LINEAR -> volumes ? "linear" : "bilinear";
                    case CUBIC -> volumes ? "cubic" : "bicubic";
                };
        return writer.add(
                "GridSample",
                writer.operands(),
                OnnxAttributes.text("mode", mode),
                OnnxAttributes.text("padding_mode", op.padding().name().toLowerCase(Locale.ROOT)),
                OnnxAttributes.integer("align_corners", op.alignCorners() ? 1 : 0));
    }
}
