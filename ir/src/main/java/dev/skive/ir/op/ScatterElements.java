package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `data` after `y[i, indices[i, j, ...], ...] = updates[i, j, ...]`, the index standing at `axis`, in row-major order
///
/// **Shapes**: `[d0, d1, ...]`, `[i0, i1, ...]`, `[i0, i1, ...]` of one rank -> `[d0, d1, ...]`.
/// **Types**: any data and updates of one type, integer indices; numbers unless elements are replaced.
/// **Numerics**: each combination is rounded once; a negative index counts from the end.
/// **Errors**: ranks that differ; at run time, an index outside `[-n, n)`.
/// **Source**: ONNX `ScatterElements`, `Scatter`.
///
/// @param axis the axis, counted from the front
/// @param combination how an update joins the element in its place
public record ScatterElements(int axis, Combination combination) implements DataMovement {
    @Override
    public Arity arity() {
        return Arity.exactly(3);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        ElementPlaces.check(operands, axis);
        Scattering.checkTypes(operands, combination);
        operands.requireRank(2, operands.shape(1).rank());
        for (int i = 0; i < operands.shape(1).rank(); i++) {
            TypeError.check(
                    !operands.shape(1).dim(i).differsFrom(operands.shape(2).dim(i)),
                    "indices %s and updates %s differ",
                    operands.tensor(1),
                    operands.tensor(2));
        }
        return ImmutableList.of(operands.tensor(0));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor data = evaluation.operand(0);
        int[] places = ElementPlaces.of(data, evaluation.operand(1), axis);
        return ImmutableList.of(Scattering.write(data, places, evaluation.operand(2), combination));
    }
}
