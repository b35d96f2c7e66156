package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;

/// The index of the greatest element along an axis
///
/// **Shapes**: the axis disappears, or stays with size 1.
/// **Types**: numbers -> int64.
/// **Numerics**: exact; the first element is replaced only by greater ones (or equal ones when `last`), so NaN is never
/// chosen but in the first place.
/// **Errors**: at run time, an axis of size 0.
/// **Source**: ONNX `ArgMax`.
///
/// @param axis the axis, counted from the front
/// @param keepDims whether the axis stays with size 1
/// @param last whether the last of equal elements is chosen rather than the first
public record ArgMax(int axis, boolean keepDims, boolean last) implements Structured {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return BestIndex.infer(operands, axis, keepDims);
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        return new BestIndex(true, last).evaluate(evaluation, axis);
    }
}
