package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;

/// `y[i, j, ...] = data[i, indices[i, j, ...], ...]`, the index standing at `axis`
///
/// **Shapes**: `[d0, d1, ...]`, `[i0, i1, ...]` of one rank -> `[i0, i1, ...]`, no larger than `data` beside the axis.
/// **Types**: any data, integer indices.
/// **Numerics**: exact; a negative index counts from the end.
/// **Errors**: ranks that differ; at run time, an index outside `[-n, n)`.
/// **Source**: ONNX `GatherElements`.
///
/// @param axis the axis, counted from the front
public record GatherElements(int axis) implements DataMovement {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        ElementPlaces.check(operands, axis);
        return ImmutableList.of(operands.tensor(0).withShape(operands.shape(1)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor data = evaluation.operand(0);
        Tensor indices = evaluation.operand(1);
        return ImmutableList.of(data.pick(ElementPlaces.of(data, indices, axis), indices.sizes()));
    }
}
