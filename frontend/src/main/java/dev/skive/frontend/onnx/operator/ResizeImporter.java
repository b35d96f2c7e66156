package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.Resize.Axis;
import dev.skive.ir.op.Resize.Coordinates;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.op.ResizeFilter.Rounding;
import java.util.List;

/// `Resize` and `Upsample`. Before opset 11 places are `x / scale`, and the nearest element is the one before where there
/// get more, the one behind where there get fewer.
record ResizeImporter() implements NodeImporter.Single {
    private static final int COORDINATES = 11;

    @Override
    public Value result(NodeContext node) {
        Coordinates coordinates = coordinates(node);
        ImmutableList<Axis> axes = new ResizedSizes(node, coordinates == Coordinates.CROP).axes();
        String mode = node.attributes().text("mode", "nearest");
        ignore(node);
        boolean old = node.opset() < COORDINATES;
        return switch (mode) {
            case "nearest" -> old ? old(node, axes) : apply(node, node.operand(0), axes, nearest(node));
            case "linear", "bilinear" -> apply(node, node.operand(0), axes, linear(node));
            case "cubic" -> apply(node, node.operand(0), axes, cubic(node));
            default -> throw node.failure("attribute 'mode' is '%s'", mode);
        };
    }

    /// Attributes may be given where the mode does not need them.
    private static void ignore(NodeContext node) {
        for (String name :
                List.of(
                        "antialias",
                        "cubic_coeff_a",
                        "exclude_outside",
                        "extrapolation_value",
                        "nearest_mode",
                        "keep_aspect_ratio_policy")) {
            node.attributes().ignore(name);
        }
    }

    private static Value old(NodeContext node, ImmutableList<Axis> axes) {
        Value more = apply(node, node.operand(0), larger(axes, true), new ResizeFilter.Nearest(Rounding.FLOOR));
        return apply(node, more, larger(axes, false), new ResizeFilter.Nearest(Rounding.CEILING));
    }

    private static ImmutableList<Axis> larger(ImmutableList<Axis> axes, boolean larger) {
        return axes.stream().filter(axis -> axis.scale() >= 1 == larger).collect(ImmutableList.toImmutableList());
    }

    private static Value apply(NodeContext node, Value x, ImmutableList<Axis> axes, ResizeFilter filter) {
        if (axes.isEmpty()) {
            return x;
        }
        Coordinates coordinates = coordinates(node);
        double outside = coordinates == Coordinates.CROP ? node.attributes().real("extrapolation_value", 0) : 0;
        return node.add(new Resize(axes, coordinates, filter, outside), x);
    }

    private static Coordinates coordinates(NodeContext node) {
        if (node.opset() < COORDINATES) {
            return Coordinates.ASYMMETRIC;
        }
        String mode = node.attributes().text("coordinate_transformation_mode", "half_pixel");
        return switch (mode) {
            case "half_pixel" -> Coordinates.HALF_PIXEL;
            case "half_pixel_symmetric" -> Coordinates.HALF_PIXEL_SYMMETRIC;
            case "pytorch_half_pixel" -> Coordinates.PYTORCH_HALF_PIXEL;
            case "align_corners" -> Coordinates.ALIGN_CORNERS;
            case "asymmetric" -> Coordinates.ASYMMETRIC;
            case "tf_half_pixel_for_nn" -> Coordinates.TF_HALF_PIXEL_FOR_NN;
            case "tf_crop_and_resize" -> Coordinates.CROP;
            default -> throw node.failure("attribute 'coordinate_transformation_mode' is '%s'", mode);
        };
    }

    private static ResizeFilter nearest(NodeContext node) {
        String mode = node.attributes().text("nearest_mode", "round_prefer_floor");
        return new ResizeFilter.Nearest(
                switch (mode) {
                    case "round_prefer_floor" -> Rounding.HALF_DOWN;
                    case "round_prefer_ceil" -> Rounding.HALF_UP;
                    case "floor" -> Rounding.FLOOR;
                    case "ceil" -> Rounding.CEILING;
                    default -> throw node.failure("attribute 'nearest_mode' is '%s'", mode);
                });
    }

    private static ResizeFilter linear(NodeContext node) {
        boolean antialias = node.attributes().flag("antialias", false);
        return new ResizeFilter.Linear(antialias && excludeOutside(node), antialias);
    }

    private static ResizeFilter cubic(NodeContext node) {
        float slope = node.attributes().real("cubic_coeff_a", -0.75f);
        return new ResizeFilter.Cubic(slope, excludeOutside(node), node.attributes().flag("antialias", false));
    }

    private static boolean excludeOutside(NodeContext node) {
        return node.attributes().flag("exclude_outside", false);
    }
}
