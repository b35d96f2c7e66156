package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The operand sampled at other places along some axes, one axis after the other from the last to the first:
/// `y[.., j, ..] = sum over t of weight[j, t] * x[.., index[j, t], ..]`
///
/// **Shapes**: `[d0, d1, ...]` -> the same with other sizes along `axes`.
/// **Types**: all for the nearest element, numbers for weighted sums. Sums of integers are cut towards zero, with an
/// antialiasing filter rounded to the nearest, and kept within the type.
/// **Numerics**: places are computed in float32, as ONNX Runtime does, since they decide which element is nearest; weights
/// and sums in the precision of the operand.
/// **Errors**: at run time, an axis without elements that is to have some.
/// **Source**: ONNX `Resize`, opset 19, and `Upsample`.
///
/// @param axes what becomes of which axes, by ascending number
/// @param coordinates where the samples lie
/// @param filter which elements around a place count how much
/// @param outside for `CROP`, the element where a place lies outside the operand
public record Resize(ImmutableList<Axis> axes, Coordinates coordinates, ResizeFilter filter, double outside)
        implements Spatial {
    /// A resized axis.
    ///
    /// @param axis its number
    /// @param size its new size
    /// @param scale new distance of elements over the old one in float32, 0 for the quotient of the sizes
    /// @param start for `CROP`, where the region starts as a part of the axis
    /// @param end for `CROP`, where it ends
    public record Axis(int axis, Dim size, double scale, double start, double end) {
        /// An axis of which the whole is resized.
        public static Axis of(int axis, Dim size, double scale) {
            return new Axis(axis, size, scale, 0, 1);
        }
    }

    /// The place of sample `x` on the axis of the operand.
    public enum Coordinates {
        /// `x / scale`
        ASYMMETRIC,
        /// `(x + 0.5) / scale - 0.5`
        HALF_PIXEL,
        /// As `HALF_PIXEL`, with the middles of both axes at one place.
        HALF_PIXEL_SYMMETRIC,
        /// As `HALF_PIXEL`, but 0 where there is one sample.
        PYTORCH_HALF_PIXEL,
        /// `(x + 0.5) / scale`
        TF_HALF_PIXEL_FOR_NN,
        /// `x * (size - 1) / (newSize - 1)`
        ALIGN_CORNERS,
        /// The region from `start` to `end`, its corners aligned.
        CROP
    }

    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        List<Integer> numbers = axes.stream().map(Axis::axis).toList();
        TypeError.check(Ordering.natural().isStrictlyOrdered(numbers), "axes %s must ascend", numbers);
        boolean scaled = axes.stream().anyMatch(axis -> axis.scale() != 0);
        var dims = new ArrayList<>(operands.shape(0).dims());
        for (Axis axis : axes) {
            operands.requireAxis(0, axis.axis());
            boolean valid = axis.scale() == 0 ? !scaled : axis.scale() > 0 && Double.isFinite(axis.scale());
            TypeError.check(valid, "axis %s has scale %s; all or none must be positive", axis.axis(), axis.scale());
            dims.set(axis.axis(), axis.size());
        }
        if (!(filter instanceof ResizeFilter.Nearest)) {
            Domain.NUMERIC.check(0, operands.tensor(0));
        }
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(dims)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        boolean nearest = filter instanceof ResizeFilter.Nearest;
        boolean cut = !nearest && !operand.element().isReal();
        Tensor result = cut ? reals(operand) : operand;
        for (Axis axis : axes.reverse()) {
            var places = places(axis, operand, evaluation);
            result = nearest ? picked(result, places) : new WeightedSums(filter, places).apply(result);
        }
        if (coordinates == Coordinates.CROP) {
            for (Axis axis : axes) {
                result = filled(result, places(axis, operand, evaluation));
            }
        }
        return ImmutableList.of(cut ? integers(operand.element(), result) : result);
    }

    private ResizePlaces places(Axis axis, Tensor operand, Evaluation evaluation) {
        int size = operand.size(axis.axis());
        int count = Math.toIntExact(evaluation.size(axis.size()));
        Evaluation.check(size > 0 || count == 0, "axis %s of %s has no elements", axis.axis(), operand.sizes());
        return ResizePlaces.of(coordinates, axis, size, count);
    }

    private Tensor picked(Tensor operand, ResizePlaces places) {
        var nearest = (ResizeFilter.Nearest) filter;
        long[] sizes = places.resized(operand.sizes());
        int inner = places.inner(sizes);
        var picked = new int[Strides.count(sizes)];
        for (int i = 0; i < picked.length; i++) {
            int index = nearest.index(places.original(i / inner % places.count()), places.size());
            picked[i] = (i / inner / places.count() * places.size() + index) * inner + i % inner;
        }
        return operand.pick(picked, sizes);
    }

    private Tensor filled(Tensor result, ResizePlaces places) {
        int inner = places.inner(result.sizes());
        double[] reals = result.reals().clone();
        long[] integers = result.integers().clone();
        for (int i = 0; i < result.count(); i++) {
            if (places.isOutside(i / inner % places.count()) && result.element().isReal()) {
                reals[i] = outside;
            } else if (places.isOutside(i / inner % places.count())) {
                integers[i] = outsideOf(result.element());
            }
        }
        return result.element().isReal()
                ? Tensor.ofReals(result.element(), reals, result.sizes())
                : Tensor.ofIntegers(result.element(), integers, result.sizes());
    }

    private long outsideOf(ElementType element) {
        return element == ElementType.BOOL ? (outside == 0 ? 0 : 1) : element.wrap((long) outside);
    }

    private static Tensor reals(Tensor operand) {
        boolean unsigned = operand.element() == ElementType.UINT64;
        double[] reals =
                Arrays.stream(operand.integers())
                        .mapToDouble(value -> unsigned && value < 0 ? value + 0x1p64 : value)
                        .toArray();
        return Tensor.ofReals(ElementType.FLOAT64, reals, operand.sizes());
    }

    private Tensor integers(ElementType element, Tensor sums) {
        double[] rounded =
                Arrays.stream(sums.reals()).map(sum -> filter.isAntialiased() ? Math.floor(sum + 0.5) : sum).toArray();
        return WeightedSums.stored(element, rounded, sums.sizes());
    }

    /// The least number of an integer type.
    public static double leastOf(ElementType element) {
        return element.kind() == ElementType.Kind.SIGNED ? -Math.scalb(1.0, element.bits() - 1) : 0;
    }

    /// The greatest number of an integer type, or the next smaller one that is a double.
    public static double mostOf(ElementType element) {
        double beyond =
                Math.scalb(1.0, element.kind() == ElementType.Kind.SIGNED ? element.bits() - 1 : element.bits());
        return Math.min(beyond - 1, Math.nextDown(beyond));
    }
}
