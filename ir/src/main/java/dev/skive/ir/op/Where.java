package dev.skive.ir.op;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.Optional;

/// `condition ? a : b`
///
/// **Shapes**: the three operands broadcast to one shape (NumPy rules).
/// **Types**: boolean condition, `a` and `b` of one type.
/// **Numerics**: exact.
/// **Source**: ONNX `Where`.
public record Where() implements Elementwise, ShapeArithmetic {
    @Override
    public Domain domain() {
        return Domain.COMPARABLE;
    }

    @Override
    public ScalarExpr expression() {
        return apply(ScalarFunction.SELECT, argument(0), argument(1), argument(2));
    }

    @Override
    public ElementType resultElement(Operands operands) {
        return operands.sameElementFrom(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Domain.BOOLEAN.check(0, operands.tensor(0));
        domain().check(1, operands.tensor(1));
        return ImmutableList.of(new TensorType(resultElement(operands), operands.broadcastFrom(0)));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        var condition = operands.contents(0);
        if (condition.isEmpty() || condition.get().stream().anyMatch(dim -> !dim.isKnown())) {
            return Optional.empty();
        }
        var left = operands.contents(1);
        var right = operands.contents(2);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        long count = operands.broadcastFrom(0).elementCount().known();
        var result = ImmutableList.<Dim>builder();
        for (int i = 0; i < count; i++) {
            boolean first = Contents.at(condition.get(), i).is(1);
            result.add(Contents.at(first ? left.get() : right.get(), i));
        }
        return Optional.of(result.build());
    }
}
