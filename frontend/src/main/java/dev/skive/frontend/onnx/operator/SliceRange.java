package dev.skive.frontend.onnx.operator;

import dev.skive.ir.type.Dim;

/// The part of an axis that an ONNX slice takes, counted from the front.
///
/// @param start first index
/// @param size number of elements
record SliceRange(Dim start, Dim size) {
    private static final long FAR = Integer.MAX_VALUE;

    /// Resolves bounds as ONNX does: negative ones count from the end, and what is outside is cut off. An axis whose size
    /// is not known is taken to have an element where -1 means its last.
    static SliceRange of(Dim length, Dim start, Dim end, long step) {
        return step > 0 ? forward(length, start, end, step) : backward(length, start, end, step);
    }

    private static SliceRange forward(Dim length, Dim start, Dim end, long step) {
        Dim from = cut(length, start);
        Dim to = cut(length, end);
        Dim elements = to.equals(length) ? fromStart(length, start, from) : notNegative(to.minus(from));
        return new SliceRange(from, elements.ceilDivide(step));
    }

    /// Elements from a start to the end of the axis, which a start inside cannot make negative.
    private static Dim fromStart(Dim length, Dim start, Dim from) {
        boolean counted = start.isKnown() && start.known() < 0;
        return counted && !from.equals(length.plus(start)) ? length.min(start.times(-1)) : length.minus(from);
    }

    private static SliceRange backward(Dim length, Dim start, Dim end, long step) {
        Dim last = length.plus(-1);
        Dim from = cut(length, start).min(last);
        Dim to =
                end.isKnown() && (end.known() <= -FAR || beforeStart(length, end))
                        ? Dim.of(-1)
                        : cut(length, end).min(last);
        return new SliceRange(from, notNegative(from.minus(to)).ceilDivide(Math.absExact(step)));
    }

    private static boolean beforeStart(Dim length, Dim end) {
        return end.known() < 0 && length.isKnown() && length.known() + end.known() < 0;
    }

    /// A bound as an index in `[0, length]`.
    private static Dim cut(Dim length, Dim bound) {
        if (bound.isKnown() && bound.known() >= FAR) {
            return length;
        }
        if (bound.isKnown() && bound.known() <= -FAR) {
            return Dim.ZERO;
        }
        if (!isNegative(bound)) {
            return bound.is(0) ? bound : bound.min(length);
        }
        Dim index = length.plus(bound);
        return bound.is(-1) && !length.isKnown() ? index : notNegative(index);
    }

    /// True for a bound that counts from the end whatever its symbols are.
    private static boolean isNegative(Dim bound) {
        return !bound.is(0) && bound.terms().values().stream().allMatch(coefficient -> coefficient < 0);
    }

    /// The size itself where it cannot be negative, else its maximum with 0.
    static Dim notNegative(Dim size) {
        boolean positive = size.terms().values().stream().allMatch(coefficient -> coefficient >= 0);
        return positive ? size : size.max(Dim.ZERO);
    }
}
