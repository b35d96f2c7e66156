package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// The same elements in a shape that data tells
///
/// Formula: `result = x` with the sizes of `shape`, where one -1 stands for what is left over, and 0 for the size of that
/// axis of `x` unless `zeroIsSize`.
/// **Shapes**: any, `[rank]` -> `sizes`.
/// **Types**: all; an integer shape.
/// **Numerics**: exact.
/// **Errors**: at run time, a shape that does not have as many elements, a second -1, another negative size.
/// **Source**: ONNX `Reshape` whose shape is no constant.
///
/// @param sizes the sizes of the result, symbols where only a run can tell
/// @param zeroIsSize whether 0 means an axis without elements
public record DynamicReshape(ImmutableList<Dim> sizes, boolean zeroIsSize) implements Reshaping {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        AxisNumbers.check(operands, 1);
        TypeError.check(
                !operands.shape(1).elementCount().differsFrom(Dim.of(sizes.size())),
                "the shape must have %s sizes, found %s",
                sizes.size(),
                operands.tensor(1));
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(sizes)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        long[] asked = evaluation.integers(1);
        long[] shape = asked.clone();
        int open = -1;
        long others = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] == 0 && !zeroIsSize) {
                Evaluation.check(axis < x.rank(), "the shape %s copies axis %s of %s", asked, axis, x.sizes());
                shape[axis] = x.size(axis);
            }
            if (shape[axis] == -1) {
                Evaluation.check(open < 0, "the shape %s has more than one -1", asked);
                open = axis;
            } else {
                Evaluation.check(shape[axis] >= 0, "the shape %s has a negative size", asked);
                others = Math.multiplyExact(others, shape[axis]);
            }
        }
        if (open >= 0) {
            Evaluation.check(others != 0, "-1 beside a size of 0 in the shape %s is not defined", asked);
            shape[open] = x.count() / others;
            others *= shape[open];
        }
        Evaluation.check(others == x.count(), "%s elements of %s do not fill %s", x.count(), x.sizes(), asked);
        return ImmutableList.of(x.reshape(shape));
    }
}
