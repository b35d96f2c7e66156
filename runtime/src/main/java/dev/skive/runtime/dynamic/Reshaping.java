package dev.skive.runtime.dynamic;

import dev.skive.runtime.ElementKind;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.StringTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Operators whose shapes, axes and ranges are data.
public final class Reshaping {
    private Reshaping() {}

    /// A tensor without elements whose axes after the first are as long as numbers say.
    ///
    /// @throws IllegalArgumentException when one is negative or too large
    public static Tensor extents(Value numbers) {
        long[] sizes = integers(numbers);
        for (long size : sizes) {
            check(size >= 0 && size <= Integer.MAX_VALUE, "%s contains what is no size", Arrays.toString(sizes));
        }
        var shape = new long[sizes.length + 1];
        System.arraycopy(sizes, 0, shape, 1, sizes.length);
        return Elements.empty(ElementKind.I64, shape);
    }

    /// The same elements in another shape; one -1 stands for what is left over.
    ///
    /// @param zeroIsSize whether 0 is a size, not that of the tensor
    /// @throws IllegalArgumentException when the shape does not have as many elements
    public static Tensor reshape(Value value, Value shape, boolean zeroIsSize) {
        Tensor x = Control.tensor(value);
        long[] asked = integers(shape);
        long[] sizes = asked.clone();
        int open = -1;
        long others = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == 0 && !zeroIsSize && axis < x.rank()) {
                sizes[axis] = x.size(axis);
            }
            if (sizes[axis] == -1 && open < 0) {
                open = axis;
            } else {
                others = Math.multiplyExact(others, sizes[axis]);
            }
        }
        if (open >= 0 && others != 0) {
            sizes[open] = x.count() / others;
            others *= sizes[open];
        }
        boolean fits = others == x.count() && Arrays.stream(sizes).allMatch(size -> size >= 0);
        check(fits, "%s does not fit the shape %s", x, Arrays.toString(asked));
        return shaped(x, sizes);
    }

    /// Repeated along axes of size 1, NumPy rules.
    ///
    /// @throws IllegalArgumentException when a size is neither 1 nor that of the tensor
    public static Tensor expand(Value value, Value shape) {
        Tensor x = Control.tensor(value);
        long[] asked = integers(shape);
        var sizes = new long[Math.max(asked.length, x.rank())];
        Arrays.fill(sizes, 1);
        System.arraycopy(asked, 0, sizes, sizes.length - asked.length, asked.length);
        int[] strides = Places.strides(x.shape());
        var steps = new int[sizes.length];
        for (int axis = 0; axis < strides.length; axis++) {
            int at = sizes.length - strides.length + axis;
            long own = x.size(axis);
            boolean fits = sizes[at] >= 0 && (own == sizes[at] || own == 1 || sizes[at] == 1);
            check(fits, "%s cannot be expanded to %s", x, Arrays.toString(asked));
            sizes[at] = own == 1 ? sizes[at] : own;
            steps[at] = own == 1 ? 0 : strides[axis];
        }
        return Elements.pick(x, Places.of(sizes, steps, 0), sizes);
    }

    /// Without axes of size 1.
    ///
    /// @throws IllegalArgumentException when one has another size or is not there
    public static Tensor squeeze(Value value, Value axes) {
        Tensor x = Control.tensor(value);
        boolean[] removed = chosen(integers(axes), x.rank());
        long[] sizes = LongStream.range(0, x.rank()).filter(i -> !removed[(int) i]).map(i -> x.size((int) i)).toArray();
        boolean fits = Arrays.stream(sizes).reduce(1, Math::multiplyExact) == x.count();
        check(fits, "axes %s of %s cannot be squeezed, they do not have size 1", Arrays.toString(integers(axes)), x);
        return shaped(x, sizes);
    }

    /// With more axes of size 1.
    ///
    /// @throws IllegalArgumentException when one is not an axis of the result
    public static Tensor unsqueeze(Value value, Value axes) {
        Tensor x = Control.tensor(value);
        long[] given = integers(axes);
        boolean[] added = chosen(given, x.rank() + given.length);
        var sizes = new long[added.length];
        int next = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = added[axis] ? 1 : x.size(next++);
        }
        return shaped(x, sizes);
    }

    /// The same elements as three axes: what is before an axis, the axis, what is after it.
    ///
    /// @throws IllegalArgumentException when there is no such axis
    public static Tensor aroundAxis(Value value, Value axis) {
        Tensor x = Control.tensor(value);
        int at = axes(integers(axis), x.rank())[0];
        long[] sizes = x.shape();
        long before = Arrays.stream(sizes, 0, at).reduce(1, Math::multiplyExact);
        long after = Arrays.stream(sizes, at + 1, sizes.length).reduce(1, Math::multiplyExact);
        return shaped(x, before, sizes[at], after);
    }

    /// A matrix whose columns are some axes together, and the shape that is left when each row becomes one element.
    ///
    /// @param rank how many axes are left: all of them, or only the others
    /// @param noAxesMeanNone whether an empty list means no axis instead of all
    /// @throws IllegalArgumentException when an axis is not there
    public static Value[] collapseAxes(Value value, Value axes, int rank, boolean noAxesMeanNone) {
        Tensor x = Control.tensor(value);
        long[] given = integers(axes);
        boolean[] folded = chosen(given, x.rank());
        if (given.length == 0) {
            Arrays.fill(folded, !noAxesMeanNone);
        }
        long[] sizes = x.shape();
        int[] strides = Places.strides(sizes);
        var order = new long[sizes.length];
        var steps = new int[sizes.length];
        var extent = new long[] {1, 1};
        int next = 0;
        for (int group = 0; group < 2; group++) {
            for (int axis = 0; axis < sizes.length; axis++) {
                if (folded[axis] == (group == 1)) {
                    order[next] = sizes[axis];
                    steps[next++] = strides[axis];
                    extent[group] *= sizes[axis];
                }
            }
        }
        long[] left =
                IntStream.range(0, sizes.length)
                        .filter(axis -> rank == sizes.length || !folded[axis])
                        .mapToLong(axis -> folded[axis] ? 1 : sizes[axis])
                        .toArray();
        Tensor matrix = Elements.pick(x, Places.of(order, steps, 0), extent);
        return new Value[] {matrix, LongTensor.of(ElementKind.I64, left, left.length)};
    }

    /// A range of each axis.
    ///
    /// @param axes the axes, or null for the first ones
    /// @param steps the steps, or null for 1
    /// @throws IllegalArgumentException when the lists do not fit
    public static Tensor slice(Value value, Value starts, Value ends, @Nullable Value axes, @Nullable Value steps) {
        Tensor x = Control.tensor(value);
        long[] from = integers(starts);
        long[] to = integers(ends);
        int[] along = axes == null ? IntStream.range(0, from.length).toArray() : axes(integers(axes), x.rank());
        long[] by = steps == null ? LongStream.generate(() -> 1).limit(from.length).toArray() : integers(steps);
        check(
                from.length == along.length && to.length == along.length && by.length == along.length,
                "starts, ends, axes and steps of a slice of %s differ in length",
                x);
        long[] counts = x.shape();
        int[] strides = Places.strides(counts);
        long first = 0;
        for (int i = 0; i < along.length; i++) {
            check(by[i] != 0, "a slice of %s has a step of 0", x);
            long size = counts[along[i]];
            long last = by[i] < 0 ? size - 1 : size;
            long start = Math.min(bound(from[i], size, 0), last);
            long end = Math.min(bound(to[i], size, by[i] < 0 ? -1 : 0), last);
            long step = Math.clamp(by[i], -size - 1, size + 1);
            long count = Math.ceilDiv(Math.max(0, step < 0 ? start - end : end - start), Math.abs(step));
            first += count == 0 ? 0 : start * strides[along[i]];
            counts[along[i]] = count;
            strides[along[i]] *= (int) step;
        }
        return Elements.pick(x, Places.of(counts, strides, (int) first), counts);
    }

    private static long bound(long bound, long size, long least) {
        return Math.max(bound < 0 ? bound + size : bound, least);
    }

    private static long[] integers(Value value) {
        return Elements.integers(Control.tensor(value));
    }

    private static Tensor shaped(Tensor x, long... shape) {
        return x instanceof StringTensor strings
                ? StringTensor.of(strings.values(), shape)
                : Elements.wrap(x.kind(), x.segment(), shape);
    }

    private static int[] axes(long[] axes, int rank) {
        var counted = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            counted[i] = (int) (axes[i] < 0 ? axes[i] + rank : axes[i]);
        }
        boolean fits =
                Arrays.stream(axes).allMatch(axis -> axis >= -rank && axis < rank)
                        && Arrays.stream(counted).distinct().count() == axes.length;
        check(fits, "%s are not distinct axes of rank %s", Arrays.toString(axes), rank);
        return counted;
    }

    private static boolean[] chosen(long[] axes, int rank) {
        var chosen = new boolean[rank];
        for (int axis : axes(axes, rank)) {
            chosen[axis] = true;
        }
        return chosen;
    }

    private static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(format.formatted(arguments));
        }
    }
}
