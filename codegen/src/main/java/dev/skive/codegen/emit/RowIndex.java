package dev.skive.codegen.emit;

import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// Where an element lies whose position is one number over several axes.
final class RowIndex {
    private RowIndex() {}

    /// ` + ... * stride` per axis of `shape`, whose axes start at axis `first` of the view; empty when the view repeats.
    static String of(KernelMethod method, String position, Shape shape, View view, int first) {
        var text = new StringBuilder();
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim stride = view.stride(first + axis);
            if (!stride.is(0) && !shape.dim(axis).is(1)) {
                text.append(" + ").append(index(method, position, shape, axis));
                text.append(stride.is(1) ? "" : " * " + method.size(stride));
            }
        }
        return text.toString();
    }

    private static String index(KernelMethod method, String position, Shape shape, int axis) {
        Dim rest = shape.slice(axis + 1, shape.rank()).elementCount();
        Dim before = shape.slice(0, axis).elementCount();
        String divided = rest.is(1) ? position : position + " / " + method.size(rest);
        String wrapped = before.is(1) ? divided : divided + " % " + method.size(shape.dim(axis));
        return wrapped.equals(position) ? position : "(" + wrapped + ")";
    }
}
