package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.op.GridSample;
import dev.skive.ir.op.MaxRoiPool;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.RoiAlign;
import dev.skive.ir.op.Spatial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Operators on grids of samples.
final class SpatialExport {
    /// Since this opset there is `GridSample`, and `RoiAlign` has half pixels.
    private static final int GRID_SAMPLE = 16;

    /// Since this opset images have any number of axes.
    private static final int VOLUMES = 20;

    private SpatialExport() {}

    static String write(Spatial op, NodeWriter writer) {
        return switch (op) {
            case GridSample sample -> gridSample(sample, writer);
            case MaxRoiPool(int rows, int columns, double scale) ->
                    writer.add(
                            "MaxRoiPool",
                            writer.operands(),
                            OnnxAttributes.integers("pooled_shape", rows, columns),
                            OnnxAttributes.real("spatial_scale", scale));
            case Resize resize -> ResizeExport.write(resize, writer);
            case RoiAlign align -> roiAlign(align, writer);
        };
    }

    private static String roiAlign(RoiAlign op, NodeWriter writer) {
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(OnnxAttributes.integer("output_height", op.rows()));
        attributes.add(OnnxAttributes.integer("output_width", op.columns()));
        attributes.add(OnnxAttributes.integer("sampling_ratio", op.samples()));
        attributes.add(OnnxAttributes.real("spatial_scale", op.scale()));
        attributes.add(OnnxAttributes.text("mode", op.maximum() ? "max" : "avg"));
        if (op.halfPixel()) {
            writer.since(GRID_SAMPLE, "RoiAlign with half pixels");
        }
        if (writer.opset() >= GRID_SAMPLE) {
            String mode = op.halfPixel() ? "half_pixel" : "output_half_pixel";
            attributes.add(OnnxAttributes.text("coordinate_transformation_mode", mode));
        }
        return writer.add("RoiAlign", writer.operands(), attributes.toArray(AttributeProto[]::new));
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
