package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Arrays;

/// The same elements as three axes: what is before an axis that data names, that axis, and what is after it
///
/// Formula: `result = x` as `[d0 * .. * d(a-1), da, d(a+1) * .. ]`.
/// **Shapes**: `[d1..dr]`, one element -> `[before, size, after]`.
/// **Types**: all; an integer axis.
/// **Numerics**: exact.
/// **Errors**: at run time, an axis that is not there.
/// **Source**: ONNX `CumSum` whose axis is no constant.
///
/// @param before elements before the axis
/// @param size size of the axis
/// @param after elements after the axis
public record AroundAxis(Dim before, Dim size, Dim after) implements Reshaping {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        AxisNumbers.check(operands, 1);
        TypeError.check(
                !operands.shape(1).elementCount().differsFrom(Dim.ONE),
                "the axis must be one number, found %s",
                operands.tensor(1));
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(before, size, after)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        int axis = AxisNumbers.of(evaluation.integers(1), x.rank())[0];
        long[] sizes = x.sizes();
        long outer = Arrays.stream(sizes, 0, axis).reduce(1, Math::multiplyExact);
        long inner = Arrays.stream(sizes, axis + 1, sizes.length).reduce(1, Math::multiplyExact);
        return ImmutableList.of(x.reshape(outer, sizes[axis], inner));
    }
}
