package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.IndexError;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.eval.TensorSequence;
import dev.skive.ir.type.Type;
import java.util.ArrayList;

/// A sequence without the member at an index, or without the last
///
/// **Shapes**: a sequence, an index of one element or nothing -> the shorter sequence.
/// **Types**: a sequence; an integer index -> the type of the sequence.
/// **Numerics**: exact.
/// **Errors**: at run time, an index outside the sequence.
/// **Source**: ONNX `SequenceErase`.
public record SequenceErase() implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.between(1, 2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(SequenceTypes.require(operands, 0));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        ImmutableList<Tensor> tensors = evaluation.sequence(0);
        long index = evaluation.optional(1).map(tensor -> tensor.integers()[0]).orElse(-1L);
        var shorter = new ArrayList<Tensor>(tensors);
        shorter.remove(IndexError.checked(index, tensors.size()));
        return ImmutableList.of(new TensorSequence(ImmutableList.copyOf(shorter)));
    }
}
