package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.eval.TensorSequence;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;

/// A sequence with one more member, before the one at an index or at the end
///
/// **Shapes**: a sequence, a tensor, an index of one element or nothing -> the longer sequence.
/// **Types**: a sequence and a tensor of its element type; an integer index -> as given.
/// **Numerics**: exact.
/// **Errors**: at run time, an index outside `[-n, n]`.
/// **Source**: ONNX `SequenceInsert`.
///
/// @param type the type of the result
public record SequenceInsert(SequenceType type) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.between(2, 3);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        SequenceTypes.require(operands, 0);
        return ImmutableList.of(type);
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        ImmutableList<Tensor> tensors = evaluation.sequence(0);
        long index = evaluation.optional(2).map(tensor -> tensor.integers()[0]).orElse((long) tensors.size());
        int size = tensors.size();
        Evaluation.check(index >= -size && index <= size, "index %d is outside [-%d, %d]", index, size, size);
        var longer = new ArrayList<Tensor>(tensors);
        longer.add(Math.toIntExact(index < 0 ? index + size : index), evaluation.operand(1));
        return ImmutableList.of(new TensorSequence(ImmutableList.copyOf(longer)));
    }
}
