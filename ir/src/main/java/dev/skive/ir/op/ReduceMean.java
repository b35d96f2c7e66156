package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;

/// The mean over some axes
///
/// **Shapes**: folded axes disappear, or stay with size 1.
/// **Types**: floating-point and integer.
/// **Numerics**: folded in row-major order; the mean of nothing is NaN.
/// **Source**: ONNX `ReduceMean`.
///
/// @param axes the axes folded away, ascending, counted from the front
/// @param keepDims whether folded axes stay with size 1
public record ReduceMean(ImmutableList<Integer> axes, boolean keepDims) implements Reduction {
    @Override
    public double start(ElementType element) {
        return 0;
    }

    @Override
    public ScalarExpr combine() {
        return apply(ScalarFunction.ADD, argument(0), argument(1));
    }

    @Override
    public ScalarExpr finish() {
        return apply(ScalarFunction.DIVIDE, argument(0), argument(1));
    }
}
