package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.IndexError;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;

/// One member of a sequence
///
/// **Shapes**: a sequence, an index of one element -> the member.
/// **Types**: a sequence; an integer index, from the end when negative -> as given.
/// **Numerics**: exact.
/// **Errors**: at run time, an index outside the sequence.
/// **Source**: ONNX `SequenceAt`.
///
/// @param type the type of the member; its symbols are those that no operand has
public record SequenceAt(Type type) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        SequenceTypes.require(operands, 0);
        operands.requireInteger(1);
        return ImmutableList.of(type);
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        ImmutableList<Tensor> tensors = evaluation.sequence(0);
        return ImmutableList.of(tensors.get(IndexError.checked(evaluation.integers(1)[0], tensors.size())));
    }
}
