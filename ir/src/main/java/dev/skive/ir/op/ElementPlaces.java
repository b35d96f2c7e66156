package dev.skive.ir.op;

import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.IndexError;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TypeError;

/// Places in a tensor that are named one by one: an index for one axis, its own position for the others.
final class ElementPlaces {
    private ElementPlaces() {}

    /// Checks data (operand 0) and indices (operand 1).
    static void check(Operands operands, int axis) {
        Shape data = operands.shape(0);
        operands.requireAxis(0, axis);
        operands.requireInteger(1);
        Shape indices = operands.requireRank(1, data.rank());
        for (int i = 0; i < data.rank(); i++) {
            var beyond = indices.dim(i).minus(data.dim(i)).ifKnown();
            TypeError.check(
                    i == axis || beyond.isEmpty() || beyond.getAsLong() <= 0,
                    "indices %s are larger than the data %s beside axis %s",
                    indices,
                    data,
                    axis);
        }
    }

    /// The offset of the place that each index names.
    static int[] of(Tensor data, Tensor indices, int axis) {
        int[] strides = Strides.of(data.sizes());
        for (int i = 0; i < strides.length; i++) {
            Evaluation.check(
                    i == axis || indices.size(i) <= data.size(i),
                    "indices %s are larger than the data %s beside axis %s",
                    indices.sizes(),
                    data.sizes(),
                    axis);
        }
        int stride = strides[axis];
        strides[axis] = 0;
        int[] places = Strides.offsets(indices.sizes(), strides, 0);
        for (int i = 0; i < places.length; i++) {
            places[i] += IndexError.checked(indices.integers()[i], data.size(axis)) * stride;
        }
        return places;
    }
}
