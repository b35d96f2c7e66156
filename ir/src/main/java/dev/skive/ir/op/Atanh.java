package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `atanh(x)`
///
/// **Shapes**: the shape of the operand.
/// **Types**: floating-point.
/// **Numerics**: rounded once to the element type; infinite at 1 and -1, NaN beyond.
/// **Source**: ONNX `Atanh`.
public record Atanh() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.AREA_TANGENT, argument(0));
    }
}
