package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.NoDatum;
import dev.skive.ir.type.Type;

/// What an optional holds
///
/// **Shapes**: an optional -> its content.
/// **Types**: an optional, or a value that is there -> as given.
/// **Numerics**: exact.
/// **Errors**: at run time, an empty optional.
/// **Source**: ONNX `OptionalGetElement`.
///
/// @param type the type of the content
public record OptionalGet(Type type) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(type);
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Evaluation.check(!(evaluation.datum(0) instanceof NoDatum), "the optional is empty");
        return ImmutableList.of(evaluation.datum(0));
    }
}
