package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// The bits of `x` read as another element type of the same width
///
/// **Shapes**: the shape of the operand.
/// **Types**: numbers and booleans; a boolean is a byte that is 0 or 1.
/// **Numerics**: exact; a NaN stays one, but its bits may change.
/// **Errors**: types of different width.
/// **Source**: ONNX `BitCast`.
///
/// @param to the element type of the result
public record BitCast(ElementType to) implements Elementwise {
    @Override
    public Domain domain() {
        return Domain.COMPARABLE;
    }

    @Override
    public ElementType resultElement(Operands operands) {
        return to;
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        domain().check(0, operands.tensor(0));
        ElementType from = operands.element(0);
        TypeError.check(from.bits() == to.bits(), "the bits of %s are not as many as those of %s", from, to);
        return ImmutableList.of(new TensorType(to, operands.shape(0)));
    }

    @Override
    public ScalarExpr expression() {
        return new ScalarExpr.Bits(to, argument(0));
    }
}
