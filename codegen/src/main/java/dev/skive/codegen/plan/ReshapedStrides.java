package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the strides of a reshaped view without moving elements: axes are merged where they are evenly spaced, then
/// groups of old axes with the same number of elements as groups of new axes are matched from the front.
final class ReshapedStrides {
    private final List<Dim> sizes = new ArrayList<>();
    private final List<Dim> strides = new ArrayList<>();

    private ReshapedStrides(View view) {
        for (int axis = 0; axis < view.shape().rank(); axis++) {
            if (!view.shape().dim(axis).is(1)) {
                merge(view.shape().dim(axis), view.stride(axis));
            }
        }
    }

    private void merge(Dim size, Dim stride) {
        int last = sizes.size() - 1;
        if (last >= 0 && strides.get(last).equals(stride.times(size))) {
            sizes.set(last, sizes.get(last).times(size));
            strides.set(last, stride);
        } else {
            sizes.add(size);
            strides.add(stride);
        }
    }

    static Optional<ImmutableList<Dim>> of(View view, Shape target) {
        var old = new ReshapedStrides(view);
        var found = new ArrayList<Dim>();
        int next = 0;
        Dim rest = Dim.ONE;
        for (Dim size : target.dims()) {
            if (size.is(1)) {
                found.add(Dim.ONE);
                continue;
            }
            if (rest.is(1)) {
                if (next == old.sizes.size()) {
                    return Optional.empty();
                }
                rest = old.sizes.get(next++);
            }
            Optional<Dim> remaining = rest.divideExactly(size);
            if (remaining.isEmpty()) {
                return Optional.empty();
            }
            rest = remaining.get();
            found.add(old.strides.get(next - 1).times(rest));
        }
        return rest.is(1) && next == old.sizes.size() ? Optional.of(ImmutableList.copyOf(found)) : Optional.empty();
    }
}
