package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.eval.TensorSequence;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Type;

/// A sequence of its operands; without any, the empty sequence
///
/// **Shapes**: tensors -> a sequence of them.
/// **Types**: tensors of one element type -> as given.
/// **Numerics**: exact.
/// **Errors**: at run time, tensors that do not have the type given.
/// **Source**: ONNX `SequenceConstruct`, `SequenceEmpty`.
///
/// @param type the type of the sequence
public record SequenceConstruct(SequenceType type) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.atLeast(0);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(type);
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        var tensors = ImmutableList.<Tensor>builder();
        for (int i = 0; i < evaluation.operands().size(); i++) {
            tensors.add(evaluation.operand(i));
        }
        return ImmutableList.of(new TensorSequence(tensors.build()));
    }
}
