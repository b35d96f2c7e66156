package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;

/// The maximum over some axes
///
/// **Shapes**: folded axes disappear, or stay with size 1.
/// **Types**: floating-point and integer.
/// **Numerics**: folded in row-major order; NaN if any element is; the maximum of nothing is the least value of the type.
/// **Source**: ONNX `ReduceMax`.
///
/// @param axes the axes folded away, ascending, counted from the front
/// @param keepDims whether folded axes stay with size 1
public record ReduceMax(ImmutableList<Integer> axes, boolean keepDims) implements Reduction {
    @Override
    public double start(ElementType element) {
        return element.isReal() ? Double.NEGATIVE_INFINITY : Domain.least(element);
    }

    @Override
    public ScalarExpr combine() {
        return apply(ScalarFunction.MAXIMUM, argument(0), argument(1));
    }
}
