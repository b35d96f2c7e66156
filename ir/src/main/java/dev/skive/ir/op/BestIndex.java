package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;

/// The search for the greatest or least element along an axis.
///
/// @param greatest whether the greatest is looked for
/// @param last whether the last of equal elements is chosen
record BestIndex(boolean greatest, boolean last) {
    static ImmutableList<Type> infer(Operands operands, int axis, boolean keepDims) {
        Domain.NUMERIC.check(0, operands.tensor(0));
        operands.requireAxis(0, axis);
        Shape shape = operands.shape(0);
        Shape kept = keepDims ? Shape.of(Dim.ONE) : Shape.SCALAR;
        Shape result = shape.slice(0, axis).concat(kept).concat(shape.slice(axis + 1, shape.rank()));
        return ImmutableList.of(new TensorType(ElementType.INT64, result));
    }

    ImmutableList<Tensor> evaluate(Evaluation evaluation, int axis) {
        Tensor operand = evaluation.operand(0);
        int length = operand.size(axis);
        int stride = Strides.of(operand.sizes())[axis];
        long[] sizes = evaluation.sizes(0);
        var indexes = new long[Strides.count(sizes)];
        Evaluation.check(length > 0 || indexes.length == 0, "axis %s of %s has no elements", axis, operand.sizes());
        for (int i = 0; i < indexes.length; i++) {
            int start = i / stride * stride * length + i % stride;
            for (int k = 1; k < length; k++) {
                int best = (int) (start + indexes[i] * stride);
                indexes[i] = isBetter(operand, start + k * stride, best) ? k : indexes[i];
            }
        }
        return ImmutableList.of(Tensor.ofIntegers(ElementType.INT64, indexes, sizes));
    }

    private boolean isBetter(Tensor operand, int candidate, int best) {
        if (operand.element().isReal()) {
            double a = operand.reals()[candidate];
            double b = operand.reals()[best];
            return (greatest ? a > b : a < b) || (last && a == b);
        }
        long a = operand.integers()[candidate];
        long b = operand.integers()[best];
        boolean unsigned = operand.element() == ElementType.UINT64;
        int order = unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b);
        return (greatest ? order > 0 : order < 0) || (last && order == 0);
    }
}
