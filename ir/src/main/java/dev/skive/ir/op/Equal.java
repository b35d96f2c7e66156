package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// `a == b`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Numerics**: NaN equals nothing; zeros of either sign are equal.
/// **Source**: ONNX `Equal`.
public record Equal() implements Elementwise, Commutative, ShapeArithmetic {
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
        return apply(ScalarFunction.EQUAL, argument(0), argument(1));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return Contents.zip(operands, Contents::equal);
    }
}
