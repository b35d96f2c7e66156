package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;

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
        var fold = new RunningFold(axis, exclusive, reverse, true);
        return ImmutableList.of(fold.of(evaluation.operand(0)));
    }
}
