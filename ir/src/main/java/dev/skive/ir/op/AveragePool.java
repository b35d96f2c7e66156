package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;

/// The mean of each window: `sum / count`
///
/// **Shapes**: `[n, c, d...]` -> `[n, c, positions...]`.
/// **Types**: floating-point.
/// **Numerics**: the count is that of the elements inside the operand or, when `countPads`, inside operand and padding;
/// windows reach beyond the padding only when `ceil`, and what is there never counts. A window without elements gives 0.
/// **Errors**: a window larger than the padded operand.
/// **Source**: ONNX `AveragePool` (opset 19).
///
/// @param pooling the windows
/// @param countPads whether padding counts
public record AveragePool(Pooling pooling, boolean countPads) implements Windowed {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        return ImmutableList.of(operands.tensor(0).withShape(pooling.infer(operands)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        double[] x = evaluation.reals(0);
        WindowPlaces places = pooling.places(evaluation);
        return evaluation.reals(
                pooling.fold(
                        evaluation,
                        (plane, position, at) -> {
                            double sum = 0;
                            for (int place : at) {
                                sum += place < 0 ? 0 : x[plane + place];
                            }
                            return sum / Math.max(1, pooling.count(evaluation, places, position, countPads));
                        }));
    }
}
