package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `a && b`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Numerics**: Exact.
/// **Source**: ONNX `And`.
public record And() implements Elementwise, Commutative {
    @Override
    public Domain domain() {
        return Domain.BOOLEAN;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.AND, argument(0), argument(1));
    }
}
