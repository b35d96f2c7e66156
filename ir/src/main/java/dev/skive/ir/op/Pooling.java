package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TypeError;
import java.util.List;

/// What pooling operators share: windows over each channel by itself.
///
/// @param kernel elements of a window along each spatial axis
/// @param window how it moves
/// @param ceil whether the last window of an axis may reach beyond the end
public record Pooling(ImmutableList<Long> kernel, Window window, boolean ceil) {
    /// A window that reduces one channel to one number per position.
    interface Fold {
        /// The number for a window.
        ///
        /// @param plane where the channel's plane starts among the elements
        /// @param places the elements in the plane, -1 outside
        double apply(int plane, int position, int[] places);
    }

    /// The shape of the result.
    Shape infer(Operands operands) {
        Shape shape = operands.shape(0);
        TypeError.check(shape.rank() >= 3, "operand 0 must be [n, c, ...] with spatial axes, found %s", shape);
        window.check(shape.rank() - 2);
        TypeError.check(
                kernel.size() == shape.rank() - 2 && kernel.stream().allMatch(size -> size > 0),
                "the kernel must have a positive entry per spatial axis of %s, found %s",
                shape,
                kernel);
        return shape.slice(0, 2).concat(positions(shape));
    }

    /// Positions along each spatial axis.
    private Shape positions(Shape shape) {
        var dims = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < kernel.size(); axis++) {
            Dim size = shape.dim(axis + 2);
            Dim extent = Dim.of(kernel.get(axis));
            Dim count = ceil ? window.positionsUp(axis, size, extent) : window.positions(axis, size, extent);
            TypeError.check(
                    !count.isKnown() || count.known() >= 0,
                    "a window of %s with dilations %s does not fit axis %s of %s with padding %s and %s",
                    kernel,
                    window.dilations(),
                    axis + 2,
                    shape,
                    window.before(),
                    window.after());
            dims.add(count);
        }
        return new Shape(dims.build());
    }

    /// Where the windows of a run lie.
    WindowPlaces places(Evaluation evaluation) {
        return new WindowPlaces(
                evaluation,
                window,
                WindowPlaces.spatial(evaluation.operand(0).sizes()),
                WindowPlaces.spatial(evaluation.sizes(0)),
                kernel.stream().mapToLong(Long::longValue).toArray());
    }

    /// The number of every window.
    double[] fold(Evaluation evaluation, Fold fold) {
        Tensor operand = evaluation.operand(0);
        int plane = Strides.count(WindowPlaces.spatial(operand.sizes()));
        WindowPlaces places = places(evaluation);
        int positions = places.count();
        int planes = operand.size(0) * operand.size(1);
        var result = new double[planes * positions];
        for (int position = 0; position < positions; position++) {
            int[] at = places.at(position);
            for (int i = 0; i < planes; i++) {
                result[i * positions + position] = fold.apply(i * plane, position, at);
            }
        }
        return result;
    }

    /// How many elements of the window at a position lie in the operand or, when `pads`, in its padding.
    long count(Evaluation evaluation, WindowPlaces places, int position, boolean pads) {
        long count = 1;
        List<Dim> sizes = evaluation.operand(0).shape().dims();
        for (int axis = 0; axis < kernel.size(); axis++) {
            long from = pads ? -evaluation.size(window.before().get(axis)) : 0;
            long to = sizes.get(axis + 2).known() + (pads ? evaluation.size(window.after().get(axis)) : 0);
            long inside = 0;
            for (int k = 0; k < kernel.get(axis); k++) {
                long at = places.start(position, axis) + k * window.dilations().get(axis);
                inside += at >= from && at < to ? 1 : 0;
            }
            count *= inside;
        }
        return count;
    }
}
