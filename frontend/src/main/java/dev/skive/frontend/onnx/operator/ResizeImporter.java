package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.DynamicResize;
import dev.skive.ir.op.DynamicResize.Proportions;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.Resize.Axis;
import dev.skive.ir.op.Resize.Coordinates;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.op.ResizeFilter.Rounding;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// `Resize` and `Upsample`. Before opset 11 places are `x / scale`, and the nearest element is the one before where there
/// get more, the one behind where there get fewer.
record ResizeImporter() implements NodeImporter.Single {
    private static final int COORDINATES = 11;
    private static final int SCALES = 2;
    private static final int SIZES = 3;

    @Override
    public Value result(NodeContext node) {
        Coordinates coordinates = coordinates(node);
        if (isTold(node, coordinates == Coordinates.CROP)) {
            return told(node);
        }
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

    private static int scales(NodeContext node) {
        return node.opset() < COORDINATES ? 1 : SCALES;
    }

    private static boolean hasElements(NodeContext node, int index) {
        return node.has(index) && !node.shape(index).elementCount().is(0);
    }

    /// True when only a run tells scales, sizes or the region.
    private static boolean isTold(NodeContext node, boolean cropped) {
        int scales = scales(node);
        if (node.attributes().has("scales")) {
            return false;
        }
        boolean toldScales = hasElements(node, scales) && ConstantFolding.fold(node.operand(scales)).isEmpty();
        boolean toldSizes = !hasElements(node, scales) && node.has(SIZES) && node.knownSizes(SIZES).isEmpty();
        return toldScales || toldSizes || (cropped && ConstantFolding.fold(node.operand(1)).isEmpty());
    }

    private static Value told(NodeContext node) {
        String mode = node.attributes().text("mode", "nearest");
        Value scales = hasElements(node, scales(node)) ? node.operand(scales(node)) : Value.ABSENT;
        if (node.opset() < COORDINATES && mode.equals("nearest")) {
            ignore(node);
            Term all = new Term(node, scales);
            Value more = told(node, node.operand(0), all.max(1).value(), new ResizeFilter.Nearest(Rounding.FLOOR));
            return told(node, more, all.min(1).value(), new ResizeFilter.Nearest(Rounding.CEILING));
        }
        ResizeFilter filter =
                switch (mode) {
                    case "nearest" -> nearest(node);
                    case "linear", "bilinear" -> linear(node);
                    case "cubic" -> cubic(node);
                    default -> throw node.failure("attribute 'mode' is '%s'", mode);
                };
        return told(node, node.operand(0), scales, filter);
    }

    private static Value told(NodeContext node, Value x, Value scales, ResizeFilter filter) {
        Coordinates coordinates = coordinates(node);
        Shape shape = x.shape();
        ImmutableList<Integer> axes = new ResizedSizes(node, false).numbers();
        var sizes = new ArrayList<>(shape.dims());
        axes.forEach(axis -> sizes.set(axis, Dim.symbol(node.freshSymbol("resized"))));
        Proportions proportions =
                switch (node.attributes().text("keep_aspect_ratio_policy", "stretch")) {
                    case "stretch" -> Proportions.STRETCH;
                    case "not_larger" -> Proportions.NOT_LARGER;
                    case "not_smaller" -> Proportions.NOT_SMALLER;
                    case String other -> throw node.failure("attribute 'keep_aspect_ratio_policy' is '%s'", other);
                };
        boolean cropped = coordinates == Coordinates.CROP;
        double outside = cropped ? node.attributes().real("extrapolation_value", 0) : 0;
        ignore(node);
        var op = new DynamicResize(axes, coordinates, filter, outside, proportions, ImmutableList.copyOf(sizes));
        Value region = cropped ? node.operand(1) : Value.ABSENT;
        Value asked = scales.isAbsent() ? node.operand(SIZES) : Value.ABSENT;
        return node.addDynamic(op, x, region, scales, asked).getFirst();
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
