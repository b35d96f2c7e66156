package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `data` after each slice that a tuple of `indices` names was written with one of `updates`, in order
///
/// **Shapes**: `[n1, ..., nk, r...]`, `[q..., k]`, `[q..., r...]` -> `[n1, ..., nk, r...]`.
/// **Types**: any data and updates of one type, integer indices; numbers unless elements are replaced.
/// **Numerics**: each combination is rounded once; a negative index counts from the end.
/// **Errors**: tuples of unknown length or longer than `data` has axes; at run time, an index outside `[-n, n)`.
/// **Source**: ONNX `ScatterND`.
///
/// @param combination how an update joins the element in its place
public record ScatterNd(Combination combination) implements DataMovement {
    @Override
    public Arity arity() {
        return Arity.exactly(3);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        int tuple = TuplePlaces.check(operands, 0);
        Scattering.checkTypes(operands, combination);
        Shape data = operands.shape(0);
        Shape indices = operands.shape(1);
        Shape expected = indices.slice(0, indices.rank() - 1).concat(data.slice(tuple, data.rank()));
        operands.requireRank(2, expected.rank());
        for (int axis = 0; axis < expected.rank(); axis++) {
            TypeError.check(
                    !expected.dim(axis).differsFrom(operands.shape(2).dim(axis)),
                    "updates must have shape %s, found %s",
                    expected,
                    operands.tensor(2));
        }
        return ImmutableList.of(operands.tensor(0));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor data = evaluation.operand(0);
        int[] places = TuplePlaces.of(data, evaluation.operand(1), 0);
        return ImmutableList.of(Scattering.write(data, places, evaluation.operand(2), combination));
    }
}
