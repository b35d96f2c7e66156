package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.MaxRoiPool;
import dev.skive.ir.op.RoiAlign;

/// Operators on regions of images.
final class RegionImporters {
    /// Since this opset coordinates are moved by half an element unless asked otherwise.
    private static final int HALF_PIXEL = 16;

    private RegionImporters() {}

    /// `MaxRoiPool`.
    static Value maxRoiPool(NodeContext node) {
        ImmutableList<Long> bins =
                node.attributes()
                        .integers("pooled_shape")
                        .filter(given -> given.size() == 2)
                        .orElseThrow(() -> node.failure("attribute 'pooled_shape' must have two entries"));
        int rows = Math.toIntExact(bins.getFirst());
        var op = new MaxRoiPool(rows, Math.toIntExact(bins.getLast()), node.attributes().real("spatial_scale", 1));
        return node.add(op, node.operand(0), node.operand(1));
    }

    /// `RoiAlign`.
    static Value roiAlign(NodeContext node) {
        String coordinates =
                node.opset() < HALF_PIXEL
                        ? "output_half_pixel"
                        : node.attributes().text("coordinate_transformation_mode", "half_pixel");
        if (!coordinates.equals("half_pixel") && !coordinates.equals("output_half_pixel")) {
            throw node.failure("attribute 'coordinate_transformation_mode' is '%s'", coordinates);
        }
        String mode = node.attributes().text("mode", "avg");
        if (!mode.equals("avg") && !mode.equals("max")) {
            throw node.failure("attribute 'mode' is '%s'", mode);
        }
        var op =
                new RoiAlign(
                        (int) node.attributes().integer("output_height", 1),
                        (int) node.attributes().integer("output_width", 1),
                        (int) node.attributes().integer("sampling_ratio", 0),
                        node.attributes().real("spatial_scale", 1),
                        coordinates.equals("half_pixel"),
                        mode.equals("max"));
        return node.add(op, node.operand(0), node.operand(1), node.operand(2));
    }
}
