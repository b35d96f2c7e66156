package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import java.util.Arrays;

/// The greatest element of each window
///
/// **Shapes**: `[n, c, d...]` -> `[n, c, positions...]`.
/// **Types**: numbers.
/// **Numerics**: exact; padding is never chosen, NaN neither. A window without another element gives `-inf`, or the least
/// number of an integer type.
/// **Errors**: a window larger than the padded operand.
/// **Source**: ONNX `MaxPool` (opset 12), its first result.
///
/// @param pooling the windows
public record MaxPool(Pooling pooling) implements Windowed {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Domain.NUMERIC.check(0, operands.tensor(0));
        return ImmutableList.of(operands.tensor(0).withShape(pooling.infer(operands)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        ElementType element = operand.element();
        if (element.isReal()) {
            double[] x = operand.reals();
            return evaluation.reals(
                    pooling.fold(
                            evaluation,
                            (plane, position, at) ->
                                    Arrays.stream(at)
                                            .filter(place -> place >= 0)
                                            .mapToDouble(place -> x[plane + place])
                                            .reduce(Double.NEGATIVE_INFINITY, (a, b) -> b > a ? b : a)));
        }
        double[] chosen = new BestPlaces(operand).find(pooling, evaluation);
        long[] greatest =
                Arrays.stream(chosen)
                        .mapToLong(place -> place < 0 ? BestPlaces.least(element) : operand.integers()[(int) place])
                        .toArray();
        return ImmutableList.of(Tensor.ofIntegers(element, greatest, evaluation.sizes(0)));
    }
}
