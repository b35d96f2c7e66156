package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `tan(x)`
///
/// **Shapes**: the shape of the operand.
/// **Types**: floating-point.
/// **Numerics**: rounded once to the element type; NaN at infinity.
/// **Source**: ONNX `Tan`.
public record Tan() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.TANGENT, argument(0));
    }
}
