package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;

/// The product over some axes
///
/// **Shapes**: folded axes disappear, or stay with size 1.
/// **Types**: floating-point and integer.
/// **Numerics**: folded in row-major order; an empty product is 1.
/// **Source**: ONNX `ReduceProd`.
///
/// @param axes the axes folded away, ascending, counted from the front
/// @param keepDims whether folded axes stay with size 1
public record ReduceProd(ImmutableList<Integer> axes, boolean keepDims) implements Reduction {
    @Override
    public double start(ElementType element) {
        return 1;
    }

    @Override
    public ScalarExpr combine() {
        return apply(ScalarFunction.MULTIPLY, argument(0), argument(1));
    }
}
