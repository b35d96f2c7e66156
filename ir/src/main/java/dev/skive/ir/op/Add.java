package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// `a + b`
///
/// **Shapes**: operands broadcast to one shape (NumPy rules).
/// **Numerics**: Reals as IEEE 754; integers wrap at the width of their type.
/// **Source**: ONNX `Add`.
public record Add() implements Elementwise, Commutative, ShapeArithmetic {
    @Override
    public Domain domain() {
        return Domain.NUMERIC;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.ADD, argument(0), argument(1));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return Contents.zip(operands, Dim::plus);
    }
}
