package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.ResizeFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `Resize`, with a scale or size for every axis.
final class ResizeExport {
    private static final int ANTIALIAS = 18;
    private static final int SYMMETRIC = 19;

    private ResizeExport() {}

    static String write(Resize op, NodeWriter writer) {
        int rank = writer.shape(0).rank();
        var scales = new float[rank];
        Arrays.fill(scales, 1);
        var region = new float[2 * rank];
        Arrays.fill(region, rank, 2 * rank, 1);
        boolean scaled = false;
        for (Resize.Axis axis : op.axes()) {
            scaled |= axis.scale() != 0;
            scales[axis.axis()] = (float) axis.scale();
            region[axis.axis()] = (float) axis.start();
            region[rank + axis.axis()] = (float) axis.end();
        }
        boolean cropped = op.coordinates() == Resize.Coordinates.CROP;
        List<String> operands =
                new ArrayList<>(List.of(writer.operand(0), floats(writer, cropped ? region : new float[0])));
        List<AttributeProto> attributes = attributes(op, writer);
        Optional<String> proportional = scaled ? Proportions.of(op, writer) : Optional.empty();
        operands.add(floats(writer, scaled && proportional.isEmpty() ? scales : new float[0]));
        if (proportional.isPresent()) {
            writer.since(ANTIALIAS, "Resize that keeps proportions");
            operands.add(proportional.get());
            attributes.add(OnnxAttributes.text("keep_aspect_ratio_policy", "not_larger"));
            long[] axes = op.axes().stream().mapToLong(Resize.Axis::axis).toArray();
            attributes.add(OnnxAttributes.integers("axes", axes));
            operands.set(1, floats(writer, cropped ? regionOf(op) : new float[0]));
        } else if (!scaled) {
            operands.add(writer.sizes().vector(writer.node().result().shape().dims()));
        }
        return writer.add("Resize", operands, attributes.toArray(AttributeProto[]::new));
    }

    /// The region of the resized axes alone.
    private static float[] regionOf(Resize op) {
        int count = op.axes().size();
        var region = new float[2 * count];
        for (int i = 0; i < count; i++) {
            region[i] = (float) op.axes().get(i).start();
            region[count + i] = (float) op.axes().get(i).end();
        }
        return region;
    }

    private static String floats(NodeWriter writer, float[] values) {
        return writer.nodes().constant(TensorData.ofFloats(values, values.length));
    }

    private static List<AttributeProto> attributes(Resize op, NodeWriter writer) {
        var attributes = new ArrayList<AttributeProto>();
        attributes.add(OnnxAttributes.text("coordinate_transformation_mode", coordinates(op, writer)));
        if (op.coordinates() == Resize.Coordinates.CROP) {
            attributes.add(OnnxAttributes.real("extrapolation_value", op.outside()));
        }
        switch (op.filter()) {
            case ResizeFilter.Nearest(ResizeFilter.Rounding rounding) -> {
                attributes.add(OnnxAttributes.text("mode", "nearest"));
                attributes.add(OnnxAttributes.text("nearest_mode", rounding(rounding)));
            }
            case ResizeFilter.Linear(boolean without, _) -> {
                attributes.add(OnnxAttributes.text("mode", "linear"));
                excludeOutside(without, attributes);
            }
            case ResizeFilter.Cubic(double slope, boolean without, _) -> {
                attributes.add(OnnxAttributes.text("mode", "cubic"));
                attributes.add(OnnxAttributes.real("cubic_coeff_a", slope));
                excludeOutside(without, attributes);
            }
        }
        if (op.filter().isAntialiased()) {
            writer.since(ANTIALIAS, "Resize with antialiasing");
            attributes.add(OnnxAttributes.integer("antialias", 1));
        }
        return attributes;
    }

    private static void excludeOutside(boolean exclude, List<AttributeProto> attributes) {
        if (exclude) {
            attributes.add(OnnxAttributes.integer("exclude_outside", 1));
        }
    }

    private static String coordinates(Resize op, NodeWriter writer) {
        if (op.coordinates() == Resize.Coordinates.HALF_PIXEL_SYMMETRIC) {
            writer.since(SYMMETRIC, "Resize with symmetric half pixels");
        }
        return op.coordinates() == Resize.Coordinates.CROP
                ? "tf_crop_and_resize"
                : op.coordinates().name().toLowerCase(Locale.ROOT);
    }

    private static String rounding(ResizeFilter.Rounding rounding) {
        return switch (rounding) {
            case FLOOR -> "floor";
            case CEILING -> "ceil";
            case HALF_DOWN -> "round_prefer_floor";
            case HALF_UP -> "round_prefer_ceil";
        };
    }
}
