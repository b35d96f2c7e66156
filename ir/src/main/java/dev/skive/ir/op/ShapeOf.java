package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.Arrays;
import java.util.Optional;

/// The sizes of axes `from` (inclusive) to `to` (exclusive)
///
/// **Shapes**: any -> `[to - from]`.
/// **Types**: any -> int64.
/// **Numerics**: exact.
/// **Source**: ONNX `Shape`, `Size`.
///
/// @param from first axis
/// @param to the axis after the last
public record ShapeOf(int from, int to) implements DataMovement, ShapeArithmetic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        int rank = operands.shape(0).rank();
        dev.skive.ir.type.TypeError.check(
                from >= 0 && from <= to && to <= rank, "axes %s to %s are outside %s", from, to, operands.shape(0));
        return ImmutableList.of(new TensorType(ElementType.INT64, Shape.of((long) to - from)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        long[] sizes = Arrays.copyOfRange(evaluation.operand(0).sizes(), from, to);
        return ImmutableList.of(Tensor.ofIntegers(ElementType.INT64, sizes, sizes.length));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return Optional.of(operands.shape(0).slice(from, to).dims());
    }
}
