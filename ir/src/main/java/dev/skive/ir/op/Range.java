package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.Optional;
import java.util.stream.LongStream;

/// `start, start + step, start + 2 step, ...`, `count` numbers
///
/// **Shapes**: `[] , []` (start, step) -> `[count]`; the importer computes `count` from the model's limit.
/// **Types**: one numeric type.
/// **Numerics**: `start + i * step`, rounded once.
/// **Source**: ONNX `Range`.
///
/// @param count how many numbers
public record Range(Dim count) implements DataMovement, ShapeArithmetic {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireRank(0, 0);
        operands.requireRank(1, 0);
        Domain.NUMERIC.check(0, operands.tensor(0));
        return ImmutableList.of(new TensorType(operands.sameElementFrom(0), Shape.of(count)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        ElementType element = evaluation.element(0);
        long size = evaluation.size(count);
        if (element.isReal()) {
            double start = evaluation.reals(0)[0];
            double step = evaluation.reals(1)[0];
            return evaluation.reals(LongStream.range(0, size).mapToDouble(i -> start + i * step).toArray());
        }
        long start = evaluation.integers(0)[0];
        long step = evaluation.integers(1)[0];
        return ImmutableList.of(
                Tensor.ofIntegers(
                        element, LongStream.range(0, size).map(i -> element.wrap(start + i * step)).toArray(), size));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        if (operands.contents(0).isEmpty() || operands.contents(1).isEmpty()) {
            return Optional.empty();
        }
        Dim start = operands.contents(0).get().getFirst();
        Dim step = operands.contents(1).get().getFirst();
        return Optional.of(
                LongStream.range(0, count.known())
                        .mapToObj(i -> start.plus(step.times(i)))
                        .collect(ImmutableList.toImmutableList()));
    }
}
