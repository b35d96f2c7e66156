package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `a & b, bit by bit`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Types**: one integer type.
/// **Numerics**: exact.
/// **Source**: ONNX `BitwiseAnd` (opset 18).
public record BitwiseAnd() implements Elementwise, Commutative {
    @Override
    public Domain domain() {
        return Domain.INTEGER;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.BIT_AND, argument(0), argument(1));
    }
}
