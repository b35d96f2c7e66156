package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// The product over some axes
///
/// **Shapes**: folded axes disappear, or stay with size 1.
/// **Types**: floating-point and integer.
/// **Numerics**: folded in row-major order; an empty product is 1.
/// **Source**: ONNX `ReduceProd`.
///
/// @param axes the axes folded away, ascending, counted from the front
/// @param keepDims whether folded axes stay with size 1
public record ReduceProd(ImmutableList<Integer> axes, boolean keepDims) implements Reduction, ShapeArithmetic {
    @Override
    public double start(ElementType element) {
        return 1;
    }

    @Override
    public ScalarExpr combine() {
        return apply(ScalarFunction.MULTIPLY, argument(0), argument(1));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return axes.isEmpty()
                ? operands.contents(0)
                : operands.contents(0).map(dims -> ImmutableList.of(dims.stream().reduce(Dim.ONE, Dim::times)));
    }
}
