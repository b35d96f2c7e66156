package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `a ^ b, bit by bit`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Types**: one integer type.
/// **Numerics**: exact.
/// **Source**: ONNX `BitwiseXor` (opset 18); `BitwiseNot` is the one with all bits.
public record BitwiseXor() implements Elementwise, Commutative {
    @Override
    public Domain domain() {
        return Domain.INTEGER;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.BIT_XOR, argument(0), argument(1));
    }
}
