package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.eval.TensorSequence;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Type;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// A tensor cut into pieces along an axis
///
/// **Shapes**: `[a..., n, b...]`, lengths `[k]`, one length, or nothing for pieces of length 1 -> a sequence.
/// **Types**: any tensor; integer lengths -> as given.
/// **Numerics**: exact.
/// **Errors**: at run time, lengths that do not make up the axis.
/// **Source**: ONNX `SplitToSequence`.
///
/// @param axis the axis, counted from the front
/// @param keepDims whether pieces of length 1 that come from no lengths keep the axis
/// @param type the type of the sequence
public record SplitToSequence(int axis, boolean keepDims, SequenceType type) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.between(1, 2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireAxis(0, axis);
        return ImmutableList.of(type);
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        var pieces = ImmutableList.<Tensor>builder();
        int start = 0;
        for (long length : lengths(evaluation, x.size(axis))) {
            Tensor piece = piece(x, start, Math.toIntExact(length));
            pieces.add(keepDims || evaluation.optional(1).isPresent() ? piece : withoutAxis(piece));
            start += Math.toIntExact(length);
        }
        return ImmutableList.of(new TensorSequence(pieces.build()));
    }

    private static long[] lengths(Evaluation evaluation, long size) {
        if (evaluation.optional(1).isEmpty()) {
            return LongStream.range(0, size).map(i -> 1).toArray();
        }
        Tensor split = evaluation.operand(1);
        if (split.rank() == 0) {
            long length = split.integers()[0];
            Evaluation.check(length > 0, "the length of a piece must be positive, found %d", length);
            return LongStream.range(0, Math.ceilDiv(size, length))
                    .map(i -> Math.min(length, size - i * length))
                    .toArray();
        }
        long[] lengths = split.integers();
        Evaluation.check(
                Arrays.stream(lengths).allMatch(length -> length >= 0) && Arrays.stream(lengths).sum() == size,
                "lengths %s do not make up an axis of size %d",
                lengths,
                size);
        return lengths;
    }

    private Tensor piece(Tensor x, int start, int length) {
        long[] sizes = x.sizes();
        int size = x.size(axis);
        int inner = Strides.count(Arrays.copyOfRange(sizes, axis + 1, sizes.length));
        sizes[axis] = length;
        int count = Strides.count(sizes);
        int[] places =
                IntStream.range(0, count)
                        .map(i -> (i / (length * inner) * size + start) * inner + i % (length * inner))
                        .toArray();
        return x.pick(places, sizes);
    }

    private Tensor withoutAxis(Tensor piece) {
        return piece.reshape(
                LongStream.concat(
                                Arrays.stream(piece.sizes(), 0, axis),
                                Arrays.stream(piece.sizes(), axis + 1, piece.rank()))
                        .toArray());
    }
}
