package dev.skive.codegen.emit;

import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Where an element lies whose position is one number over several axes.
final class RowIndex {
    private final List<Dim> sizes = new ArrayList<>();
    private final List<Dim> strides = new ArrayList<>();

    /// Axes of a view, neighbours merged where their elements are evenly spaced.
    private RowIndex(Shape shape, View view, int first) {
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim size = shape.dim(axis);
            Dim stride = view.stride(first + axis);
            int last = sizes.size() - 1;
            if (last >= 0 && strides.get(last).equals(stride.times(size))) {
                sizes.set(last, sizes.get(last).times(size));
                strides.set(last, stride);
            } else if (!size.is(1)) {
                sizes.add(size);
                strides.add(stride);
            }
        }
    }

    /// ` + ... * stride` per axis of `shape`, whose axes start at axis `first` of the view; empty when the view repeats.
    static String of(KernelMethod method, String position, Shape shape, View view, int first) {
        return new RowIndex(shape, view, first).text(method, position);
    }

    private String text(KernelMethod method, String position) {
        var text = new StringBuilder();
        Dim rest = Dim.ONE;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            String divided = rest.is(1) ? position : position + " / " + method.size(rest);
            String wrapped = axis == 0 ? divided : divided + " % " + method.size(sizes.get(axis));
            text.insert(0, method.step(wrapped.equals(position) ? position : "(" + wrapped + ")", strides.get(axis)));
            rest = rest.times(sizes.get(axis));
        }
        return text.toString();
    }
}
