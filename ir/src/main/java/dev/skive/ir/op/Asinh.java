package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `asinh(x)`
///
/// **Shapes**: the shape of the operand.
/// **Types**: floating-point.
/// **Numerics**: rounded once to the element type; the sign of zero is kept.
/// **Source**: ONNX `Asinh`.
public record Asinh() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.AREA_SINE, argument(0));
    }
}
