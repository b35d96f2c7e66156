package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `tanh(x)`
///
/// **Shapes**: the shape of the operand.
/// **Numerics**: Real results are rounded once to the element type.
/// **Source**: ONNX `Tanh`.
public record Tanh() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.TANGENT_HYPERBOLIC, argument(0));
    }
}
