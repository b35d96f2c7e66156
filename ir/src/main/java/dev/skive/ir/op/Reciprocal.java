package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;
import static dev.skive.ir.op.ScalarExpr.literal;

/// `1 / x`
///
/// **Shapes**: the shape of the operand.
/// **Numerics**: Real results are rounded once to the element type.
/// **Source**: ONNX `Reciprocal`.
public record Reciprocal() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.REAL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.DIVIDE, literal(1), argument(0));
    }
}
