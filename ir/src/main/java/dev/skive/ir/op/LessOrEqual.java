package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import dev.skive.ir.type.ElementType;

/// `a <= b`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Numerics**: False if either is NaN.
/// **Source**: ONNX `LessOrEqual`.
public record LessOrEqual() implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.COMPARABLE;
    }

    @Override
    public ElementType resultElement(Operands operands) {
        return ElementType.BOOL;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.LESS_OR_EQUAL, argument(0), argument(1));
    }
}
