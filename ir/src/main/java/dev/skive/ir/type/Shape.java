package dev.skive.ir.type;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The sizes of a tensor of known rank, row-major.
///
/// @param dims one size per axis
public record Shape(ImmutableList<Dim> dims) {
    /// The shape of a rank-0 tensor.
    public static final Shape SCALAR = new Shape(ImmutableList.of());

    /// A shape of symbolic sizes.
    public static Shape of(List<Dim> dims) {
        return new Shape(ImmutableList.copyOf(dims));
    }

    /// A shape of symbolic sizes.
    public static Shape of(Dim... dims) {
        return new Shape(ImmutableList.copyOf(dims));
    }

    /// A shape of known sizes.
    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).collect(ImmutableList.toImmutableList()));
    }

    /// Number of axes.
    public int rank() {
        return dims.size();
    }

    /// The size of an axis; a negative axis counts from the end.
    public Dim dim(int axis) {
        return dims.get(axis < 0 ? axis + rank() : axis);
    }

    /// The size of the last axis.
    public Dim last() {
        return dims.get(rank() - 1);
    }

    /// The product of all sizes.
    public Dim elementCount() {
        return dims.stream().reduce(Dim.ONE, Dim::times);
    }

    /// True when every size is a number.
    public boolean isKnown() {
        return dims.stream().allMatch(Dim::isKnown);
    }

    /// The sizes as numbers.
    ///
    /// @throws IllegalStateException when a size is symbolic
    public long[] known() {
        return dims.stream().mapToLong(Dim::known).toArray();
    }

    /// Axes `from` (inclusive) to `to` (exclusive) as a shape of their own.
    public Shape slice(int from, int to) {
        return new Shape(dims.subList(from, to));
    }

    /// This shape with one size replaced.
    public Shape with(int axis, Dim size) {
        int at = axis < 0 ? axis + rank() : axis;
        var changed = new java.util.ArrayList<>(dims);
        changed.set(at, size);
        return of(changed);
    }

    /// This shape followed by another.
    public Shape concat(Shape tail) {
        return new Shape(ImmutableList.<Dim>builder().addAll(dims).addAll(tail.dims).build());
    }

    /// Every symbol that occurs in a size.
    public ImmutableSet<String> symbols() {
        return dims.stream().flatMap(dim -> dim.symbols().stream()).collect(ImmutableSet.toImmutableSet());
    }

    /// This shape with symbols replaced by sizes; symbols without an entry stay.
    public Shape substitute(Map<String, Dim> bindings) {
        return new Shape(dims.stream().map(dim -> dim.substitute(bindings)).collect(ImmutableList.toImmutableList()));
    }

    /// The sizes under numeric values of the symbols.
    ///
    /// @throws IllegalStateException when a symbol has no value
    public long[] evaluate(Map<String, Long> bindings) {
        return dims.stream().mapToLong(dim -> dim.evaluate(bindings)).toArray();
    }

    /// The axis counted from the front, for an axis in `[-rank, rank)`.
    ///
    /// @throws TypeError when the axis is outside
    public int axis(long axis) {
        TypeError.check(axis >= -rank() && axis < rank(), "axis %s is outside the rank of shape %s", axis, this);
        return (int) (axis < 0 ? axis + rank() : axis);
    }

    /// The shape two operands broadcast to, NumPy rules.
    ///
    /// @throws TypeError when known sizes conflict
    public static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        var dims = ImmutableList.<Dim>builder();
        for (int i = 0; i < rank; i++) {
            int inA = i - (rank - a.rank());
            int inB = i - (rank - b.rank());
            Dim left = inA < 0 ? Dim.ONE : a.dims.get(inA);
            Dim right = inB < 0 ? Dim.ONE : b.dims.get(inB);
            TypeError.check(
                    !left.conflictsWith(right),
                    "shapes %s and %s do not broadcast: axis %s has sizes %s and %s",
                    a,
                    b,
                    i,
                    left,
                    right);
            dims.add(Dim.broadcast(left, right));
        }
        return new Shape(dims.build());
    }

    /// True unless this shape is known not to broadcast to `target`: each size is 1 or may equal the size of the target.
    public boolean broadcastsTo(Shape target) {
        int lead = target.rank() - rank();
        return lead >= 0
                && IntStream.range(0, rank())
                        .allMatch(axis -> dim(axis).is(1) || !dim(axis).differsFrom(target.dim(lead + axis)));
    }

    @Override
    public String toString() {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
