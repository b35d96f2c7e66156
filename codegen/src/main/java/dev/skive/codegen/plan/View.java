package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a tensor lies in a buffer: element `[i, j, ...]` is at `offset + i*strides[0] + j*strides[1] + ...`. Slices,
/// transpositions and broadcasts are views that cost nothing.
///
/// @param buffer the storage
/// @param offset where element `[0, 0, ...]` is
/// @param shape the sizes
/// @param strides elements between neighbours along each axis
public record View(Buffer buffer, Dim offset, Shape shape, ImmutableList<Dim> strides) {
    /// The whole buffer, row-major.
    public static View contiguous(Buffer buffer, Shape shape) {
        return new View(buffer, Dim.ZERO, shape, rowMajor(shape));
    }

    private static ImmutableList<Dim> rowMajor(Shape shape) {
        var strides = new ArrayList<Dim>();
        Dim stride = Dim.ONE;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides.addFirst(stride);
            stride = stride.times(shape.dim(axis));
        }
        return ImmutableList.copyOf(strides);
    }

    /// The element type.
    public ElementType element() {
        return buffer.element();
    }

    /// Elements between neighbours along an axis; negative axes count from the end.
    public Dim stride(int axis) {
        return strides.get(axis < 0 ? axis + strides.size() : axis);
    }

    /// True when the elements follow each other row-major without gaps.
    public boolean isContiguous() {
        ImmutableList<Dim> expected = rowMajor(shape);
        for (int axis = 0; axis < strides.size(); axis++) {
            if (!shape.dim(axis).is(1) && !strides.get(axis).equals(expected.get(axis))) {
                return false;
            }
        }
        return true;
    }

    /// Axes in another order.
    public View transpose(List<Integer> perm) {
        return new View(
                buffer,
                offset,
                Shape.of(perm.stream().map(shape::dim).toList()),
                perm.stream().map(strides::get).collect(ImmutableList.toImmutableList()));
    }

    /// Part of each axis.
    public View slice(List<Dim> starts, List<Dim> sizes, List<Long> steps) {
        Dim start = offset;
        var stepped = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < strides.size(); axis++) {
            start = start.plus(starts.get(axis).times(strides.get(axis)));
            stepped.add(strides.get(axis).times(steps.get(axis)));
        }
        return new View(buffer, start, Shape.of(sizes), stepped.build());
    }

    /// Repeated along new axes and axes of size 1.
    public View expand(Shape target) {
        int lead = target.rank() - shape.rank();
        var repeated = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < target.rank(); axis++) {
            boolean repeats = axis < lead || (shape.dim(axis - lead).is(1) && !target.dim(axis).is(1));
            repeated.add(repeats ? Dim.ZERO : strides.get(axis - lead));
        }
        return new View(buffer, offset, target, repeated.build());
    }

    /// The same elements in order with other sizes, when no copy is needed: contiguous views, and views whose trailing
    /// or leading axes stay as they are while the others are contiguous among themselves.
    public Optional<View> reshape(Shape target) {
        if (isContiguous()) {
            return Optional.of(new View(buffer, offset, target, rowMajor(target)));
        }
        return ReshapedStrides.of(this, target).map(found -> new View(buffer, offset, target, found));
    }

    /// The view with its first axes merged into one, so that it is a matrix of rows; empty when rows are not evenly
    /// spaced or the elements of a row do not follow each other.
    public Optional<Matrix> asMatrix() {
        if (shape.rank() == 0 || !(stride(-1).is(1) || shape.last().is(1))) {
            return Optional.empty();
        }
        Shape rows = Shape.of(shape.slice(0, shape.rank() - 1).elementCount(), shape.last());
        // Kernels compute rows in fours, so even a single row needs a place for the next.
        return ReshapedStrides.of(this, rows)
                .map(found -> rows.dim(0).is(1) ? shape.last() : found.get(0))
                .map(stride -> new Matrix(this, rows.dim(0), shape.last(), stride));
    }

    @Override
    public String toString() {
        return "%s%d%s%s"
                .formatted(buffer.isConstant() ? "c" : "t", buffer.id(), shape, isContiguous() ? "" : " strided");
    }
}
