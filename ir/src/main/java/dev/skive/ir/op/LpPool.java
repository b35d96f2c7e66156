package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// The norm of each window: `(sum |x|^p)^(1/p)`
///
/// **Shapes**: `[n, c, d...]` -> `[n, c, positions...]`.
/// **Types**: floating-point.
/// **Numerics**: padding adds nothing.
/// **Errors**: `p` below 1; a window larger than the padded operand.
/// **Source**: ONNX `LpPool` (opset 18).
///
/// @param pooling the windows
/// @param p the exponent
public record LpPool(Pooling pooling, long p) implements Windowed {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        TypeError.check(p > 0, "p must be positive, found %s", p);
        return ImmutableList.of(operands.tensor(0).withShape(pooling.infer(operands)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        double[] x = evaluation.reals(0);
        return evaluation.reals(
                pooling.fold(
                        evaluation,
                        (plane, position, at) -> {
                            double sum = 0;
                            for (int place : at) {
                                sum += place < 0 ? 0 : Math.pow(Math.abs(x[plane + place]), (double) p);
                            }
                            return Math.pow(sum, 1.0 / p);
                        }));
    }
}
