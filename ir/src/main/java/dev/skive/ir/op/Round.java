package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `the integer nearest to x`
///
/// **Shapes**: the shape of the operand.
/// **Types**: floating-point.
/// **Numerics**: rounded once to the element type; ties go to the even integer; the sign of zero is kept.
/// **Source**: ONNX `Round`.
public record Round() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.ROUND, argument(0));
    }
}
