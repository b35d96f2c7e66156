package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.NoDatum;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.Type;

/// An optional that holds its operand, or nothing
///
/// **Shapes**: a tensor or sequence, or nothing -> an optional.
/// **Types**: anything -> as given.
/// **Numerics**: exact.
/// **Errors**: none.
/// **Source**: ONNX `Optional`.
///
/// @param type the type of the optional
public record OptionalOf(OptionalType type) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.between(0, 1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(type);
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        return ImmutableList.of(evaluation.operands().isEmpty() ? new NoDatum() : evaluation.datum(0));
    }
}
