package dev.skive.ir.op;

import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;

/// The search for the place of the greatest element of each window.
///
/// @param operand what is searched
record BestPlaces(Tensor operand) {
    /// The places among all elements: the first element of the window, replaced by numbers that are greater than all
    /// before; -1 where the window has no element.
    double[] find(Pooling pooling, Evaluation evaluation) {
        return pooling.fold(
                evaluation,
                (plane, position, at) -> {
                    int best = -1;
                    for (int place : at) {
                        if (place >= 0 && (best < 0 || isGreater(plane + place, best))) {
                            best = plane + place;
                        }
                    }
                    return best;
                });
    }

    private boolean isGreater(int candidate, int best) {
        if (operand.element().isReal()) {
            double[] x = operand.reals();
            return x[candidate] > x[best] || (Double.isNaN(x[best]) && x[candidate] > Double.NEGATIVE_INFINITY);
        }
        long[] x = operand.integers();
        return operand.element() == ElementType.UINT64
                ? Long.compareUnsigned(x[candidate], x[best]) > 0
                : x[candidate] > x[best];
    }

    /// The least number of an integer type.
    static long least(ElementType element) {
        return element.kind() == ElementType.Kind.SIGNED ? -1L << (element.bits() - 1) : 0;
    }
}
