package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;

/// The slices of `data` that tuples of indices name, the last axis of `indices` holding the tuples
///
/// **Shapes**: `[b..., n1, ..., nk, r...]`, `[b..., q..., k]` -> `[b..., q..., r...]` with `batchDims` axes `b`.
/// **Types**: any data, integer indices.
/// **Numerics**: exact; a negative index counts from the end.
/// **Errors**: tuples of unknown length or longer than `data` has axes; at run time, an index outside `[-n, n)`.
/// **Source**: ONNX `GatherND`.
///
/// @param batchDims leading axes that data and indices share
public record GatherNd(int batchDims) implements DataMovement {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape data = operands.shape(0);
        Shape indices = operands.shape(1);
        int tuple = TuplePlaces.check(operands, batchDims);
        Shape rest = data.slice(batchDims + tuple, data.rank());
        return ImmutableList.of(operands.tensor(0).withShape(indices.slice(0, indices.rank() - 1).concat(rest)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor data = evaluation.operand(0);
        int[] places = TuplePlaces.of(data, evaluation.operand(1), batchDims);
        return ImmutableList.of(data.pick(places, evaluation.sizes(0)));
    }
}
