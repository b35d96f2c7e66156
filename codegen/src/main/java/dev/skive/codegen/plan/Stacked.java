package dev.skive.codegen.plan;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Puts views of equal known shapes `[n, 1, ...]` behind each other along the second axis: when a model is compiled where
/// all are of constants, otherwise in each run.
///
/// @param planner keeps the books
/// @param origin the nodes it is done for
record Stacked(Planner planner, Origin origin) {
    View of(List<View> parts) {
        View first = parts.getFirst();
        var dims = new ArrayList<>(first.shape().dims());
        dims.set(1, Dim.of(parts.size()));
        Shape shape = Shape.of(dims);
        if (parts.stream().allMatch(part -> part.buffer().isConstant())) {
            return planner.constant(first.buffer().name(), folded(parts, shape));
        }
        View target = planner.temporary(new TensorType(first.element(), shape), first.buffer().name());
        for (int i = 0; i < parts.size(); i++) {
            planner.add(new CopyKernel(origin, parts.get(i), slice(target, i)));
        }
        return target;
    }

    private static View slice(View target, int at) {
        var starts = new ArrayList<>(Collections.nCopies(target.shape().rank(), Dim.ZERO));
        starts.set(1, Dim.of(at));
        var sizes = new ArrayList<>(target.shape().dims());
        sizes.set(1, Dim.ONE);
        return target.slice(starts, sizes, Collections.nCopies(starts.size(), 1L));
    }

    private static TensorData folded(List<View> parts, Shape shape) {
        var values = new double[Math.toIntExact(shape.elementCount().known())];
        long[] sizes = shape.dims().stream().mapToLong(Dim::known).toArray();
        for (int i = 0; i < values.length; i++) {
            long rest = i;
            long at = 0;
            View part = parts.getFirst();
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                long index = rest % sizes[axis];
                rest /= sizes[axis];
                if (axis == 1) {
                    part = parts.get((int) index);
                } else {
                    at += index * part.stride(axis).known();
                }
            }
            values[i] = part.buffer().constant().orElseThrow().getDouble(at + part.offset().known());
        }
        return TensorData.ofReals(parts.getFirst().element(), values, sizes);
    }
}
