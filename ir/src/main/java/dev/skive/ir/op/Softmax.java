package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Rows;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;

/// `y = exp(x - max) / sum(exp(x - max))` along an axis
///
/// **Shapes**: any -> the same.
/// **Types**: floating-point.
/// **Numerics**: the maximum is subtracted first, so large operands do not overflow; a row of only `-inf` gives NaN.
/// **Source**: ONNX `Softmax` (opset 13; older ones are flattened by the importer).
///
/// @param axis the axis, counted from the front
public record Softmax(int axis) implements Structured {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        operands.requireAxis(0, axis);
        return ImmutableList.of(operands.tensor(0));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        return evaluation.reals(Rows.along(operand, axis, Rows::softmax));
    }
}
