package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// `a / b`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Numerics**: Reals as IEEE 754; integers round towards zero, division by zero gives 0.
/// **Source**: ONNX `Div`.
public record Div() implements Elementwise, ShapeArithmetic {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.DIVIDE, argument(0), argument(1));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return Contents.zip(operands, Contents::quotient);
    }
}
