package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;
import static dev.skive.ir.op.ScalarExpr.literal;

/// `max(x, 0)`
///
/// **Shapes**: the shape of the operand.
/// **Numerics**: NaN stays NaN.
/// **Source**: ONNX `Relu`.
public record Relu() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.MAXIMUM, argument(0), literal(0));
    }
}
