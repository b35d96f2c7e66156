package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `!x`
///
/// **Shapes**: the shape of the operand.
/// **Numerics**: Exact.
/// **Source**: ONNX `Not`.
public record Not() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.BOOLEAN;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.NOT, argument(0));
    }
}
