package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.stream.IntStream;

/// A copy of the planes of an operand in which a window meets neither edges nor strides: padding is there as zeros, and
/// the elements `phase`, `phase + stride`, ... of an axis follow each other. Element `k` of the window at position `o` is
/// element `o + k * dilation / stride` of phase `k * dilation % stride`.
///
/// @param window how the window moves
/// @param kernel elements of the window per axis
/// @param positions positions per axis
public record Frame(Window window, ImmutableList<Dim> kernel, ImmutableList<Dim> positions) {
    /// Number of spatial axes.
    public int rank() {
        return window.rank();
    }

    /// True when the operand itself is its frame.
    public boolean isOperand() {
        return window.strides().stream().allMatch(stride -> stride == 1)
                && window.before().stream().allMatch(dim -> dim.is(0))
                && window.after().stream().allMatch(dim -> dim.is(0));
    }

    /// Phases of an axis that windows look at; the others are left out.
    public long phases(int axis) {
        long stride = window.strides().get(axis);
        long dilation = window.dilations().get(axis);
        if (dilation % stride == 0) {
            return 1;
        }
        Dim kernelSize = kernel.get(axis);
        return kernelSize.isKnown() ? Math.min(stride, (kernelSize.known() - 1) * dilation + 1) : stride;
    }

    /// Elements of an axis per phase.
    public Dim length(int axis) {
        Dim last = kernel.get(axis).minus(Dim.ONE).times(window.dilations().get(axis));
        return positions.get(axis).plus(last.floorDivide(window.strides().get(axis)));
    }

    /// The shape of the frame: batch, channels, phases per axis, elements per axis.
    public Shape shape(Dim batch, Dim channels) {
        var dims = ImmutableList.<Dim>builder().add(batch, channels);
        IntStream.range(0, rank()).forEach(axis -> dims.add(Dim.of(phases(axis))));
        IntStream.range(0, rank()).forEach(axis -> dims.add(length(axis)));
        return new Shape(dims.build());
    }

    /// Elements between neighbouring positions of an axis.
    public Dim stride(int axis) {
        return IntStream.range(axis + 1, rank()).mapToObj(this::length).reduce(Dim.ONE, Dim::times);
    }

    /// Elements of one phase of all axes.
    public Dim block() {
        return IntStream.range(0, rank()).mapToObj(this::length).reduce(Dim.ONE, Dim::times);
    }

    /// Elements of a channel.
    public Dim plane() {
        return block().times(IntStream.range(0, rank()).mapToLong(this::phases).reduce(1, (a, b) -> a * b));
    }

    /// Elements from a phase of an axis to the next.
    public Dim phaseStride(int axis) {
        long inner = IntStream.range(axis + 1, rank()).mapToLong(this::phases).reduce(1, (a, b) -> a * b);
        return block().times(inner);
    }
}
