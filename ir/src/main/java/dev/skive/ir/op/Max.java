package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// `max(a, b)`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Numerics**: NaN if either is NaN; -0 is below +0.
/// **Source**: ONNX `Max, of two; more are nested`.
public record Max() implements Elementwise, Commutative, ShapeArithmetic {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.MAXIMUM, argument(0), argument(1));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return Contents.zip(operands, Dim::max);
    }
}
