package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Arrays;

/// The operand repeated along axes of size 1, to sizes that data tells
///
/// Formula: `result[i] = x[i]` with index 0 where `x` has size 1.
/// **Shapes**: any, `[n]` -> `sizes`, which are those of both operands broadcast together.
/// **Types**: all; an integer shape.
/// **Numerics**: exact.
/// **Errors**: at run time, sizes that do not broadcast.
/// **Source**: ONNX `Expand` whose shape is no constant.
///
/// @param sizes the sizes of the result, symbols where only a run can tell
public record DynamicExpand(ImmutableList<Dim> sizes) implements Reshaping {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        AxisNumbers.check(operands, 1);
        Dim asked = operands.shape(1).elementCount();
        int rank = operands.shape(0).rank();
        TypeError.check(
                sizes.size() >= rank && (sizes.size() == rank || !asked.differsFrom(Dim.of(sizes.size()))),
                "%s expanded by %s has another rank than %s",
                operands.tensor(0),
                operands.tensor(1),
                sizes);
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(sizes)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        long[] asked = evaluation.integers(1);
        var shape = new long[Math.max(asked.length, x.rank())];
        Arrays.fill(shape, 1);
        System.arraycopy(asked, 0, shape, shape.length - asked.length, asked.length);
        for (int axis = 1; axis <= x.rank(); axis++) {
            int at = shape.length - axis;
            Evaluation.check(shape[at] >= 0, "the shape %s has a negative size", asked);
            shape[at] = shape[at] == 1 ? x.size(-axis) : shape[at];
        }
        return ImmutableList.of(x.broadcast(shape));
    }
}
