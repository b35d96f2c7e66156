package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `a - b * q` with `q = a / b` rounded down, or towards zero when `truncated`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Types**: floating-point and integer.
/// **Numerics**: exact; has the sign of `b`, or that of `a` when truncated; an integer modulo 0, which ONNX leaves
/// undefined, is 0.
/// **Source**: ONNX `Mod`, whose attribute `fmod` is `truncated`.
///
/// @param truncated whether the quotient is rounded towards zero
public record Mod(boolean truncated) implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ScalarExpr expression() {
        return apply(truncated ? ScalarFunction.REMAINDER : ScalarFunction.MODULO, argument(0), argument(1));
    }
}
