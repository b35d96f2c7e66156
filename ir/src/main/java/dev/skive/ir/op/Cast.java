package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// `x` as another element type
///
/// **Shapes**: the shape of the operand.
/// **Types**: numbers and booleans.
/// **Numerics**: to a real type rounds to nearest, ties to even; to an integer type rounds towards zero and keeps the
/// low bits; to boolean is "not zero".
/// **Source**: ONNX `Cast`.
///
/// @param to the element type of the result
public record Cast(ElementType to) implements Elementwise, ShapeArithmetic {
    @Override
    public Domain domain() {
        return Domain.COMPARABLE;
    }

    @Override
    public ElementType resultElement(Operands operands) {
        return to;
    }

    @Override
    public ScalarExpr expression() {
        return new ScalarExpr.Convert(to, argument(0));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return to.isInteger() ? operands.contents(0) : Optional.empty();
    }
}
