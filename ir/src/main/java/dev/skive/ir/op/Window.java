package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TypeError;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// How a window moves over the spatial axes: element `k` of the window at position `o` of the result is element
/// `o * stride + k * dilation - before` of the operand, per axis.
///
/// @param strides from one position to the next
/// @param dilations from one element of the window to the next
/// @param before elements put before the operand
/// @param after elements put after it; negative ones are cut off, where the operator allows that
public record Window(
        ImmutableList<Long> strides,
        ImmutableList<Long> dilations,
        ImmutableList<Dim> before,
        ImmutableList<Dim> after) {
    /// A window that moves by one element and looks at neighbours.
    public static Window simple(int rank) {
        return strided(Collections.nCopies(rank, 1L));
    }

    /// A window over neighbours without padding.
    public static Window strided(List<Long> strides) {
        ImmutableList<Dim> none = ImmutableList.copyOf(Collections.nCopies(strides.size(), Dim.ZERO));
        var dilations = ImmutableList.copyOf(Collections.nCopies(strides.size(), 1L));
        return new Window(ImmutableList.copyOf(strides), dilations, none, none);
    }

    /// Number of spatial axes.
    public int rank() {
        return strides.size();
    }

    /// Checks that there is one entry per axis and that steps are positive.
    void check(int axes) {
        TypeError.check(
                strides.size() == axes && dilations.size() == axes && before.size() == axes && after.size() == axes,
                "the window must have one entry per spatial axis (%s), found %s",
                axes,
                this);
        TypeError.check(
                strides.stream().allMatch(step -> step > 0) && dilations.stream().allMatch(step -> step > 0),
                "strides %s and dilations %s must be positive",
                strides,
                dilations);
    }

    /// How many elements a window spans along an axis.
    public Dim extent(int axis, Dim kernel) {
        return kernel.minus(Dim.ONE).times(dilations.get(axis)).plus(1);
    }

    /// Positions along an axis of `size` elements.
    public Dim positions(int axis, Dim size, Dim kernel) {
        return steps(axis, size, kernel);
    }

    /// Positions along an axis when a window may reach beyond the end, but must start before it.
    public Dim positionsUp(int axis, Dim size, Dim kernel) {
        long stride = strides.get(axis);
        Dim all = steps(axis, size.plus(stride - 1), kernel);
        return all.min(divided(size.plus(before.get(axis)).plus(stride - 1), stride));
    }

    private Dim steps(int axis, Dim size, Dim kernel) {
        Dim room = size.plus(before.get(axis)).plus(after.get(axis)).minus(extent(axis, kernel));
        return divided(room, strides.get(axis)).plus(1);
    }

    /// A quotient rounded down whose dividend keeps only what is left of its number, so that equal sizes look equal.
    private static Dim divided(Dim dividend, long divisor) {
        long number = dividend.minus(withoutNumber(dividend)).known();
        long whole = Math.floorDiv(number, divisor);
        return dividend.plus(-whole * divisor).floorDivide(divisor).plus(whole);
    }

    private static Dim withoutNumber(Dim dim) {
        long number =
                dim.terms().entrySet().stream()
                        .filter(term -> term.getKey().atoms().isEmpty())
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        return dim.plus(-number);
    }

    /// The window whose positions are the operand's sizes divided by the strides, rounded up: what it needs beyond the
    /// operand is put around it, half of it at each end.
    ///
    /// @param sizes the spatial sizes
    /// @param kernel elements of the window per axis
    /// @param upper whether the end gets the element that is left over, rather than the front
    public Window same(List<Dim> sizes, List<Dim> kernel, boolean upper) {
        var front = ImmutableList.<Dim>builder();
        var end = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < rank(); axis++) {
            long stride = strides.get(axis);
            Dim last = sizes.get(axis).ceilDivide(stride).minus(Dim.ONE).times(stride);
            Dim total = last.plus(extent(axis, kernel.get(axis))).minus(sizes.get(axis)).max(Dim.ZERO);
            Dim less = total.floorDivide(2);
            front.add(upper ? less : total.minus(less));
            end.add(upper ? total.minus(less) : less);
        }
        return new Window(strides, dilations, front.build(), end.build());
    }

    /// The window of a transposed convolution whose result has the sizes `wanted`: what the operand spreads to beyond them
    /// is cut off, half of it at each end.
    ///
    /// @param sizes the spatial sizes of the operand
    /// @param kernel elements of the window per axis
    /// @param extra elements added at the end of each axis before cutting
    /// @param wanted the spatial sizes of the result
    /// @param upper whether less is cut off the front than off the end, rather than more
    public Window spreading(List<Dim> sizes, List<Dim> kernel, List<Long> extra, List<Dim> wanted, boolean upper) {
        var front = ImmutableList.<Dim>builder();
        var end = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < rank(); axis++) {
            Dim spread = sizes.get(axis).minus(Dim.ONE).times(strides.get(axis));
            Dim full = spread.plus(extent(axis, kernel.get(axis)));
            Dim total = full.plus(extra.get(axis)).minus(wanted.get(axis)).max(Dim.ZERO);
            Dim less = total.floorDivide(2);
            Dim first = upper ? less : total.minus(less);
            front.add(first);
            end.add(full.minus(wanted.get(axis)).minus(first));
        }
        return new Window(strides, dilations, front.build(), end.build());
    }
}
