package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;

/// Without the axes of size 1 that data names
///
/// Formula: `result = x` with the sizes of `x` except at `axes`.
/// **Shapes**: `[d1..dr]`, `[n]` -> `sizes`, which are `r - n`.
/// **Types**: all; integer axes.
/// **Numerics**: exact.
/// **Errors**: at run time, an axis whose size is not 1, or that is not there, or twice.
/// **Source**: ONNX `Squeeze` whose axes are no constant.
///
/// @param sizes the sizes of the result, symbols where only a run can tell
public record DynamicSqueeze(ImmutableList<Dim> sizes) implements Reshaping {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        AxisNumbers.check(operands, 1);
        Dim axes = Dim.of(operands.shape(0).rank() - sizes.size());
        TypeError.check(
                !operands.shape(1).elementCount().differsFrom(axes),
                "there must be %s axes to leave %s of %s, found %s",
                axes,
                sizes,
                operands.tensor(0),
                operands.tensor(1));
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(sizes)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        boolean[] removed = AxisNumbers.chosen(evaluation.integers(1), x.rank());
        var kept = new ArrayList<Long>();
        for (int axis = 0; axis < removed.length; axis++) {
            if (!removed[axis]) {
                kept.add((long) x.size(axis));
            }
            Evaluation.check(
                    !removed[axis] || x.size(axis) == 1,
                    "axis %s of %s cannot be squeezed, its size is not 1",
                    axis,
                    x.sizes());
        }
        return ImmutableList.of(x.reshape(kept.stream().mapToLong(Long::longValue).toArray()));
    }
}
