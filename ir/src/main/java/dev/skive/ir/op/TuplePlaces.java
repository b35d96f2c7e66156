package dev.skive.ir.op;

import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.IndexError;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TypeError;
import java.util.Arrays;

/// Places in a tensor that are named by tuples of indices, a slice each.
final class TuplePlaces {
    private TuplePlaces() {}

    /// Checks data (operand 0) and indices (operand 1).
    ///
    /// @return the length of a tuple
    static int check(Operands operands, int batchDims) {
        Shape data = operands.shape(0);
        Shape indices = operands.shape(1);
        operands.requireInteger(1);
        TypeError.check(
                indices.rank() > batchDims && indices.last().isKnown(),
                "indices %s must end in tuples of known length, after %s batch axes",
                operands.tensor(1),
                batchDims);
        long tuple = indices.last().known();
        TypeError.check(
                tuple + batchDims <= data.rank(),
                "tuples of %s indices after %s batch axes are too long for %s",
                tuple,
                batchDims,
                operands.tensor(0));
        for (int axis = 0; axis < batchDims; axis++) {
            TypeError.check(
                    !data.dim(axis).differsFrom(indices.dim(axis)),
                    "data %s and indices %s differ in batch axis %s",
                    data,
                    indices,
                    axis);
        }
        return (int) tuple;
    }

    /// The offsets of all elements of the slices, one slice after the other.
    static int[] of(Tensor data, Tensor indices, int batchDims) {
        int tuple = indices.size(-1);
        int[] strides = Strides.of(data.sizes());
        int slice = Strides.count(Arrays.copyOfRange(data.sizes(), batchDims + tuple, data.rank()));
        long[] batch = Arrays.copyOf(indices.sizes(), batchDims);
        Evaluation.check(
                Arrays.equals(batch, Arrays.copyOf(data.sizes(), batchDims)),
                "data %s and indices %s differ in their batch axes",
                data.sizes(),
                indices.sizes());
        int tuples = Strides.count(Arrays.copyOf(indices.sizes(), indices.rank() - 1));
        int[] batches = Strides.offsets(batch, Arrays.copyOf(strides, batchDims), 0);
        var places = new int[tuples * slice];
        for (int i = 0; i < tuples; i++) {
            int start = batches[i / (tuples / batches.length)];
            for (int k = 0; k < tuple; k++) {
                int axis = batchDims + k;
                start += IndexError.checked(indices.integers()[i * tuple + k], data.size(axis)) * strides[axis];
            }
            for (int k = 0; k < slice; k++) {
                places[i * slice + k] = start + k;
            }
        }
        return places;
    }
}
