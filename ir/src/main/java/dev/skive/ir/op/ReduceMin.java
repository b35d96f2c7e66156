package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;

/// The minimum over some axes
///
/// **Shapes**: folded axes disappear, or stay with size 1.
/// **Types**: floating-point and integer.
/// **Numerics**: folded in row-major order; NaN if any element is; the minimum of nothing is the greatest value of the type.
/// **Source**: ONNX `ReduceMin`.
///
/// @param axes the axes folded away, ascending, counted from the front
/// @param keepDims whether folded axes stay with size 1
public record ReduceMin(ImmutableList<Integer> axes, boolean keepDims) implements Reduction {
    @Override
    public double start(ElementType element) {
        return element.isReal() ? Double.POSITIVE_INFINITY : Domain.greatest(element);
    }

    @Override
    public ScalarExpr combine() {
        return apply(ScalarFunction.MINIMUM, argument(0), argument(1));
    }
}
