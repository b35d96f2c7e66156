package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `cosh(x)`
///
/// **Shapes**: the shape of the operand.
/// **Types**: floating-point.
/// **Numerics**: rounded once to the element type; infinite where it overflows.
/// **Source**: ONNX `Cosh`.
public record Cosh() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.COSINE_HYPERBOLIC, argument(0));
    }
}
