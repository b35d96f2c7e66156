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
/// **Numerics**: to a real type rounds to nearest, ties to even, and saturates where it has at most 8 bits (infinity
/// stays where the type has it; float8e8m0 drops the sign, rounds up, and has NaN for infinity). From a real to an
/// integer type rounds towards zero, to one of 4 or 2 bits to nearest, ties away from zero; then the low bits of an int32
/// are kept for types of at most 16 bits. NaN and numbers that int32, int64 or the unsigned types cannot hold
/// become the least number, as ONNX Runtime has it on x86: `-2^31`, `-2^63`; negative numbers wrap in unsigned types, and
/// there numbers too large become 0. To boolean is "not zero".
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
