package dev.skive.ir.op;

import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;

/// Sums or products of all elements up to each along an axis.
///
/// @param axis the axis, counted from the front
/// @param exclusive whether the element itself is left out
/// @param reverse whether it starts at the last element
/// @param isProduct whether elements are multiplied
record RunningFold(int axis, boolean exclusive, boolean reverse, boolean isProduct) {
    /// The folded tensor: reals in double precision, integers wrapped.
    Tensor of(Tensor operand) {
        ElementType element = operand.element();
        int length = operand.size(axis);
        int stride = Strides.of(operand.sizes())[axis];
        double[] reals = operand.reals().clone();
        long[] integers = operand.integers().clone();
        for (int row = 0; row < operand.count() / Math.max(1, length); row++) {
            int start = row / stride * stride * length + row % stride;
            int first = reverse ? start + (length - 1) * stride : start;
            int step = reverse ? -stride : stride;
            if (element.isReal()) {
                fold(reals, first, step, length);
            } else {
                fold(integers, first, step, length);
            }
        }
        return element.isReal()
                ? Tensor.ofReals(element, reals, operand.sizes())
                : Tensor.ofIntegers(element, Arrays.stream(integers).map(element::wrap).toArray(), operand.sizes());
    }

    private void fold(double[] row, int first, int step, int length) {
        double before = isProduct ? 1 : 0;
        for (int at = first, i = 0; i < length; i++, at += step) {
            double after = isProduct ? before * row[at] : before + row[at];
            row[at] = exclusive ? before : after;
            before = after;
        }
    }

    private void fold(long[] row, int first, int step, int length) {
        long before = isProduct ? 1 : 0;
        for (int at = first, i = 0; i < length; i++, at += step) {
            long after = isProduct ? before * row[at] : before + row[at];
            row[at] = exclusive ? before : after;
            before = after;
        }
    }
}
