package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// With more axes of size 1, where data says
///
/// Formula: `result = x` with size 1 at `axes` of the result and the sizes of `x` elsewhere, in order.
/// **Shapes**: `[d1..dr]`, `[n]` -> `sizes`, which are `r + n`.
/// **Types**: all; integer axes.
/// **Numerics**: exact.
/// **Errors**: at run time, an axis that the result does not have, or one given twice.
/// **Source**: ONNX `Unsqueeze` whose axes are no constant.
///
/// @param sizes the sizes of the result, symbols where only a run can tell
public record DynamicUnsqueeze(ImmutableList<Dim> sizes) implements Reshaping {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        AxisNumbers.check(operands, 1);
        Dim axes = Dim.of(sizes.size() - operands.shape(0).rank());
        TypeError.check(
                !operands.shape(1).elementCount().differsFrom(axes),
                "there must be %s axes to make %s of %s, found %s",
                axes,
                sizes,
                operands.tensor(0),
                operands.tensor(1));
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(sizes)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        boolean[] added = AxisNumbers.chosen(evaluation.integers(1), sizes.size());
        var shape = new long[added.length];
        int next = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = added[axis] ? 1 : x.size(next++);
        }
        return ImmutableList.of(x.reshape(shape));
    }
}
