package dev.skive.frontend.onnx.export;

import com.google.common.primitives.Longs;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.OptionalLong;

/// Slices. A bound at a known distance from the end of its axis is written as a negative number.
final class SliceExport {
    private SliceExport() {}

    static String write(Slice slice, NodeWriter writer) {
        Shape shape = writer.shape(0);
        var starts = new ArrayList<Dim>();
        var ends = new ArrayList<Dim>();
        var axes = new ArrayList<Long>();
        var steps = new ArrayList<Long>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim start = slice.starts().get(axis);
            Dim size = slice.sizes().get(axis);
            long step = slice.steps().get(axis);
            boolean whole = start.is(0) && step == 1 && size.equals(shape.dim(axis));
            if (!whole) {
                starts.add(bound(start, shape.dim(axis)));
                ends.add(end(start.plus(size.times(step)), shape.dim(axis), step));
                axes.add((long) axis);
                steps.add(step);
            }
        }
        if (axes.isEmpty()) {
            return writer.add("Identity", writer.operand(0));
        }
        return writer.add(
                "Slice",
                writer.operand(0),
                writer.sizes().vector(starts),
                writer.sizes().vector(ends),
                writer.longs(Longs.toArray(axes)),
                writer.longs(Longs.toArray(steps)));
    }

    private static Dim bound(Dim index, Dim size) {
        OptionalLong fromEnd = index.minus(size).ifKnown();
        return !index.isKnown() && fromEnd.isPresent() && fromEnd.getAsLong() < 0 ? Dim.of(fromEnd.getAsLong()) : index;
    }

    private static Dim end(Dim end, Dim size, long step) {
        if (step < 0) {
            return end.isKnown() && end.known() < 0 ? Dim.of(Long.MIN_VALUE) : bound(end, size);
        }
        OptionalLong beyond = end.minus(size).ifKnown();
        boolean toEnd = !end.isKnown() && beyond.isPresent() && beyond.getAsLong() >= 0;
        return toEnd ? Dim.of(Long.MAX_VALUE) : bound(end, size);
    }
}
