package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

/// `a ^ b`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Types**: both operands of one type; the importer casts an exponent of another type.
/// **Numerics**: reals as `Math.pow`; integers wrap, a negative exponent gives 0 unless the base is 1 or -1.
/// **Source**: ONNX `Pow`.
public record Pow() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.POWER, argument(0), argument(1));
    }
}
