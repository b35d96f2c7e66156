package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// Axes resized to sizes, or by scales, that data tells
///
/// Formula: that of [Resize]. With scales the new size is `floor(size * scale)` in float32. With sizes the scale is their
/// quotient; where proportions are kept, the least or greatest quotient is the scale of all axes, and sizes are rounded.
/// **Shapes**: any, `[2 n]` (region), `[n]` (scales), `[n]` (sizes), of which one of the last two is given -> `sizes`.
/// **Types**: as `Resize`; real regions and scales, integer sizes.
/// **Numerics**: as `Resize`.
/// **Errors**: at run time, scales that are not positive, negative sizes, lists of other lengths.
/// **Source**: ONNX `Resize` and `Upsample` whose scales, sizes or region are no constants.
///
/// @param axes the axes that are resized, in the order of the lists
/// @param coordinates how places follow from samples
/// @param filter which elements count for a sample
/// @param outside for `CROP`, what stands outside the operand
/// @param proportions what is done about proportions
/// @param sizes the sizes of the result, symbols where only a run can tell
public record DynamicResize(
        ImmutableList<Integer> axes,
        Resize.Coordinates coordinates,
        ResizeFilter filter,
        double outside,
        Proportions proportions,
        ImmutableList<Dim> sizes)
        implements Reshaping {
    private static final int SCALES = 2;
    private static final int SIZES = 3;

    /// What sizes say about proportions.
    public enum Proportions {
        STRETCH,
        NOT_LARGER,
        NOT_SMALLER
    }

    @Override
    public Arity arity() {
        return Arity.between(1, SIZES + 1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        TypeError.check(
                operands.has(SCALES) != operands.has(SIZES),
                "either scales or sizes must be given, found %s",
                operands);
        TypeError.check(coordinates != Resize.Coordinates.CROP || operands.has(1), "a region is needed to cut one out");
        TypeError.check(sizes.size() == operands.shape(0).rank(), "sizes %s for %s", sizes, operands.tensor(0));
        axes.forEach(axis -> operands.requireAxis(0, axis));
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(sizes)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        boolean scaled = evaluation.optional(SCALES).isPresent();
        int asked = evaluation.operand(scaled ? SCALES : SIZES).count();
        Evaluation.check(asked == axes.size(), "%s scales or sizes for %s axes", asked, axes.size());
        var resized = new Resize.Axis[x.rank()];
        for (int i = 0; i < axes.size(); i++) {
            int size = x.size(axes.get(i));
            float scale = scaled ? (float) evaluation.reals(SCALES)[i] : scale(evaluation, x, i);
            Evaluation.check(scale >= 0 && (!scaled || scale > 0), "scale %s of axis %s", scale, axes.get(i));
            long count =
                    scaled
                            ? (long) Math.floor(scale * size)
                            : proportions == Proportions.STRETCH
                                    ? evaluation.integers(SIZES)[i]
                                    : Math.round((double) (scale * size));
            resized[axes.get(i)] = axis(evaluation, i, count, scale);
        }
        var all = ImmutableList.<Resize.Axis>builder();
        for (Resize.Axis axis : resized) {
            boolean changes = axis != null && (axis.scale() != 1 || !axis.size().is(x.size(axis.axis())));
            if (axis != null && (changes || coordinates == Resize.Coordinates.CROP)) {
                all.add(axis);
            }
        }
        return new Resize(all.build(), coordinates, filter, outside).evaluate(evaluation);
    }

    private float scale(Evaluation evaluation, Tensor x, int i) {
        long[] asked = evaluation.integers(SIZES);
        if (proportions == Proportions.STRETCH) {
            return asked[i] / (float) x.size(axes.get(i));
        }
        boolean least = proportions == Proportions.NOT_LARGER;
        float scale = least ? Float.MAX_VALUE : Float.MIN_NORMAL;
        for (int j = 0; j < asked.length; j++) {
            float own = asked[j] / (float) x.size(axes.get(j));
            scale = least ? Math.min(scale, own) : Math.max(scale, own);
        }
        return scale;
    }

    private Resize.Axis axis(Evaluation evaluation, int i, long count, float scale) {
        Evaluation.check(count >= 0, "axis %s would have size %s", axes.get(i), count);
        if (coordinates != Resize.Coordinates.CROP) {
            return Resize.Axis.of(axes.get(i), Dim.of(count), scale);
        }
        double[] region = evaluation.reals(1);
        Evaluation.check(region.length == 2 * axes.size(), "%s bounds for %s axes", region.length, axes.size());
        return new Resize.Axis(axes.get(i), Dim.of(count), scale, region[i], region[axes.size() + i]);
    }
}
