package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.IndexError;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;
import java.util.Arrays;
import java.util.stream.LongStream;

/// The members of a sequence one after the other along an axis, or along a new one
///
/// **Shapes**: a sequence of `[a..., n, b...]` -> `[a..., sum of n, b...]`; with a new axis `[a..., count, n, b...]`.
/// **Types**: any sequence -> as given.
/// **Numerics**: exact.
/// **Errors**: at run time, members that differ in another size, an empty sequence, or an axis that is not there.
/// **Source**: ONNX `ConcatFromSequence`.
///
/// @param axis the axis; from the end when negative
/// @param isNew whether the axis is a new one
/// @param type the type of the result
public record ConcatFromSequence(long axis, boolean isNew, Type type) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        SequenceTypes.require(operands, 0);
        return ImmutableList.of(type);
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        ImmutableList<Tensor> tensors = evaluation.sequence(0);
        Evaluation.check(!tensors.isEmpty(), "the sequence to put together is empty");
        int rank = tensors.getFirst().rank() + (isNew ? 1 : 0);
        int at = IndexError.checked(axis, rank);
        ImmutableList<Tensor> parts =
                isNew
                        ? tensors.stream().map(tensor -> withAxis(tensor, at)).collect(ImmutableList.toImmutableList())
                        : tensors;
        return ImmutableList.of(Tensor.concat(parts, at));
    }

    private static Tensor withAxis(Tensor tensor, int axis) {
        LongStream before = Arrays.stream(tensor.sizes(), 0, Math.min(axis, tensor.rank()));
        LongStream after = Arrays.stream(tensor.sizes(), Math.min(axis, tensor.rank()), tensor.rank());
        return tensor.reshape(LongStream.concat(LongStream.concat(before, LongStream.of(1)), after).toArray());
    }
}
