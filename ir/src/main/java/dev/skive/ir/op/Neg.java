package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// `-x`
///
/// **Shapes**: the shape of the operand.
/// **Numerics**: Real results are rounded once to the element type.
/// **Source**: ONNX `Neg`.
public record Neg() implements Elementwise, ShapeArithmetic {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.NEGATE, argument(0));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return operands.contents(0)
                .map(dims -> dims.stream().map(dim -> dim.times(-1)).collect(ImmutableList.toImmutableList()));
    }
}
