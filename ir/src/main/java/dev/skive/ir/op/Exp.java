package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `e^x`
///
/// **Shapes**: the shape of the operand.
/// **Numerics**: Real results are rounded once to the element type.
/// **Source**: ONNX `Exp`.
public record Exp() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.EXPONENTIAL, argument(0));
    }
}
