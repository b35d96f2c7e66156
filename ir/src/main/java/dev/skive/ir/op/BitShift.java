package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `a * 2^b` or `a / 2^b` without the bits that leave the element
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Types**: one unsigned integer type.
/// **Numerics**: exact; 0 when `b` is not less than the width of the type.
/// **Source**: ONNX `BitShift`.
///
/// @param left whether towards the high bits
public record BitShift(boolean left) implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.UNSIGNED;
    }

    @Override
    public ScalarExpr expression() {
        return apply(left ? ScalarFunction.SHIFT_LEFT : ScalarFunction.SHIFT_RIGHT, argument(0), argument(1));
    }
}
