package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import java.util.Arrays;

/// `y[i] = x[0] * ... * x[i]` along an axis, without `x[i]` when `exclusive`, and from the other end when `reverse`
///
/// **Shapes**: any -> the same.
/// **Types**: numbers.
/// **Numerics**: reals are multiplied in double precision in the order of the formula; integers wrap.
/// **Source**: ONNX `CumProd`.
///
/// @param axis the axis, counted from the front
/// @param exclusive whether the element itself is left out
/// @param reverse whether the product starts at the last element
public record CumProd(int axis, boolean exclusive, boolean reverse) implements Structured {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Domain.NUMERIC.check(0, operands.tensor(0));
        operands.requireAxis(0, axis);
        return ImmutableList.of(operands.tensor(0));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
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
                multiply(reals, first, step, length);
            } else {
                multiply(integers, first, step, length);
            }
        }
        return ImmutableList.of(
                element.isReal()
                        ? Tensor.ofReals(element, reals, operand.sizes())
                        : Tensor.ofIntegers(
                                element, Arrays.stream(integers).map(element::wrap).toArray(), operand.sizes()));
    }

    private void multiply(double[] row, int first, int step, int length) {
        double product = 1;
        for (int i = 0; i < length; i++) {
            double element = row[first + i * step];
            row[first + i * step] = exclusive ? product : product * element;
            product *= element;
        }
    }

    private void multiply(long[] row, int first, int step, int length) {
        long product = 1;
        for (int i = 0; i < length; i++) {
            long element = row[first + i * step];
            row[first + i * step] = exclusive ? product : product * element;
            product *= element;
        }
    }
}
