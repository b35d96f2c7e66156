package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `|x|`
///
/// **Shapes**: the shape of the operand.
/// **Numerics**: Real results are rounded once to the element type.
/// **Source**: ONNX `Abs`.
public record Abs() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.ABSOLUTE, argument(0));
    }
}
