package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Resize.Axis;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The sizes and scales `Resize` asks for: scales as an attribute, operand 1 or operand 2, or sizes as operand 3.
///
/// @param node the ONNX node
/// @param cropped whether only a region is resized, which operand 1 gives
record ResizedSizes(NodeContext node, boolean cropped) {
    private static final int ROI = 11;

    /// The axes that change.
    ImmutableList<Axis> axes() {
        ImmutableList<Integer> numbers = numbers();
        int scales = node.opset() < ROI ? 1 : 2;
        boolean scaled = node.attributes().has("scales") || hasElements(scales);
        ImmutableList<Axis> all = scaled ? scaled(numbers, scales) : sized(numbers);
        return all.stream()
                .filter(axis -> cropped || !axis.size().equals(size(axis.axis())) || changes(axis))
                .sorted(Comparator.comparing(Axis::axis))
                .collect(ImmutableList.toImmutableList());
    }

    private static boolean changes(Axis axis) {
        return axis.scale() != 0 && axis.scale() != 1;
    }

    private boolean hasElements(int index) {
        return node.has(index) && !node.shape(index).elementCount().is(0);
    }

    private Dim size(int axis) {
        return node.shape(0).dim(axis);
    }

    /// The axes that scales or sizes are given for, in their order.
    ImmutableList<Integer> numbers() {
        Shape shape = node.shape(0);
        return node.attributes()
                .integers("axes")
                .map(list -> list.stream().map(shape::axis).collect(ImmutableList.toImmutableList()))
                .orElseGet(() -> IntStream.range(0, shape.rank()).boxed().collect(ImmutableList.toImmutableList()));
    }

    private ImmutableList<Axis> scaled(ImmutableList<Integer> numbers, int operand) {
        ImmutableList<Double> scales =
                node.attributes()
                        .reals("scales")
                        .map(list -> list.stream().map(Float::doubleValue).collect(ImmutableList.toImmutableList()))
                        .orElseGet(() -> node.floats(operand));
        if (scales.size() != numbers.size()) {
            throw node.failure("%s scales for %s axes of %s", scales.size(), numbers.size(), node.shape(0));
        }
        var axes = ImmutableList.<Axis>builder();
        for (int i = 0; i < numbers.size(); i++) {
            double scale = scales.get(i);
            if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
                throw node.failure("scale %s of axis %s is not positive", scale, numbers.get(i));
            }
            axes.add(axis(numbers, i, Scale.of((float) scale).times(size(numbers.get(i))), scale));
        }
        return axes.build();
    }

    private ImmutableList<Axis> sized(ImmutableList<Integer> numbers) {
        ImmutableList<Dim> sizes = node.sizes(3);
        if (sizes.size() != numbers.size()) {
            throw node.failure("%s sizes for %s axes of %s", sizes.size(), numbers.size(), node.shape(0));
        }
        String policy = node.attributes().text("keep_aspect_ratio_policy", "stretch");
        List<Dim> asked =
                switch (policy) {
                    case "stretch" -> sizes;
                    case "not_larger" -> kept(numbers, sizes, true);
                    case "not_smaller" -> kept(numbers, sizes, false);
                    default -> throw node.failure("attribute 'keep_aspect_ratio_policy' is '%s'", policy);
                };
        double scale = policy.equals("stretch") ? 0 : scale(numbers, sizes, policy.equals("not_larger"));
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> axis(numbers, i, asked.get(i), scale))
                .collect(ImmutableList.toImmutableList());
    }

    /// The one scale of all axes, 0 while sizes are open.
    private double scale(ImmutableList<Integer> numbers, ImmutableList<Dim> sizes, boolean least) {
        float scale = least ? Float.MAX_VALUE : Float.MIN_NORMAL;
        for (int i = 0; i < numbers.size(); i++) {
            Dim size = size(numbers.get(i));
            if (!size.isKnown() || !sizes.get(i).isKnown() || size.is(0)) {
                return 0;
            }
            float own = (float) sizes.get(i).known() / (float) size.known();
            scale = least ? Math.min(scale, own) : Math.max(scale, own);
        }
        return scale;
    }

    /// The sizes that keep the proportions: `round(size * least(asked / size))`.
    private List<Dim> kept(ImmutableList<Integer> numbers, ImmutableList<Dim> asked, boolean least) {
        double scale = scale(numbers, asked, least);
        var kept = new ArrayList<Dim>();
        for (int number : numbers) {
            Dim size = size(number);
            if (scale != 0) {
                kept.add(Dim.of(Math.round((double) ((float) scale * (float) size.known()))));
                continue;
            }
            Dim best = rounded(asked.getFirst(), size, size(numbers.getFirst()));
            for (int i = 1; i < numbers.size(); i++) {
                Dim own = rounded(asked.get(i), size, size(numbers.get(i)));
                best = least ? best.min(own) : best.max(own);
            }
            kept.add(best);
        }
        return kept;
    }

    private static Dim rounded(Dim asked, Dim size, Dim reference) {
        return asked.times(size).times(2).plus(reference).floorDivide(reference.times(2));
    }

    private Axis axis(ImmutableList<Integer> numbers, int i, Dim size, double scale) {
        if (!cropped) {
            return Axis.of(numbers.get(i), size, scale);
        }
        ImmutableList<Double> region = node.floats(1);
        if (region.size() != 2 * numbers.size()) {
            throw node.failure("a region of %s numbers for %s axes", region.size(), numbers.size());
        }
        return new Axis(numbers.get(i), size, scale, region.get(i), region.get(numbers.size() + i));
    }
}
