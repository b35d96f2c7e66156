package dev.skive.runtime.dynamic;

import dev.skive.runtime.BooleanTensor;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Missing;
import dev.skive.runtime.Sizes;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.TensorSequence;
import dev.skive.runtime.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Operators on sequences and optionals.
public final class Sequences {
    private Sequences() {}

    private static List<Tensor> members(Value value) {
        if (value instanceof TensorSequence(var tensors)) {
            return tensors;
        }
        throw new IllegalArgumentException("the inputs lead to " + value + " where a sequence is needed");
    }

    private static long number(Value value) {
        return Elements.integers(Control.tensor(value))[0];
    }

    /// A sequence of tensors.
    public static Value construct(Value... tensors) {
        return new TensorSequence(Arrays.stream(tensors).map(Control::tensor).toList());
    }

    /// The member at an index.
    ///
    /// @throws IndexOutOfBoundsException when there is none
    public static Value at(Value sequence, Value index) {
        List<Tensor> members = members(sequence);
        return members.get(Sizes.index(number(index), members.size()));
    }

    /// A sequence with one more member, at an index or at the end.
    ///
    /// @throws IndexOutOfBoundsException when the index is outside `[-n, n]`
    public static Value insert(Value sequence, Value tensor, @Nullable Value index) {
        var longer = new ArrayList<>(members(sequence));
        long at = index == null ? longer.size() : number(index);
        int size = longer.size();
        if (at < -size || at > size) {
            throw new IndexOutOfBoundsException("index %d is outside [-%d, %d]".formatted(at, size, size));
        }
        longer.add((int) (at < 0 ? at + size : at), Control.tensor(tensor));
        return new TensorSequence(longer);
    }

    /// A sequence without the member at an index, or without the last.
    ///
    /// @throws IndexOutOfBoundsException when there is none
    public static Value erase(Value sequence, @Nullable Value index) {
        var shorter = new ArrayList<>(members(sequence));
        shorter.remove(Sizes.index(index == null ? -1 : number(index), shorter.size()));
        return new TensorSequence(shorter);
    }

    /// The number of members.
    public static Value length(Value sequence) {
        return LongTensor.scalar(members(sequence).size());
    }

    /// The members one after the other along an axis, or along a new one.
    ///
    /// @throws IllegalArgumentException when there are none, or they do not fit
    public static Value concat(Value sequence, long axis, boolean isNew) {
        List<Tensor> members = members(sequence);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("the inputs lead to an empty sequence that is to be put together");
        }
        int at = Sizes.index(axis, members.getFirst().rank() + (isNew ? 1 : 0));
        return Joining.concat(isNew ? members.stream().map(member -> withAxis(member, at)).toList() : members, at);
    }

    private static Tensor withAxis(Tensor tensor, int axis) {
        long[] shape = new long[tensor.rank() + 1];
        shape[axis] = 1;
        System.arraycopy(tensor.shape(), 0, shape, 0, axis);
        System.arraycopy(tensor.shape(), axis, shape, axis + 1, tensor.rank() - axis);
        return Elements.reshape(tensor, shape);
    }

    /// A tensor cut along an axis into pieces of given lengths, of one length, or of length 1.
    ///
    /// @throws IllegalArgumentException when the lengths do not make up the axis
    public static Value split(Value value, @Nullable Value lengths, int axis, boolean keepDims) {
        Tensor tensor = Control.tensor(value);
        var pieces = new ArrayList<Tensor>();
        int start = 0;
        for (long length : lengths(lengths, tensor.size(axis))) {
            Tensor piece = Joining.piece(tensor, axis, start, (int) length);
            pieces.add(keepDims || lengths != null ? piece : withoutAxis(piece, axis));
            start += (int) length;
        }
        return new TensorSequence(pieces);
    }

    private static Tensor withoutAxis(Tensor tensor, int axis) {
        long[] shape = new long[tensor.rank() - 1];
        System.arraycopy(tensor.shape(), 0, shape, 0, axis);
        System.arraycopy(tensor.shape(), axis + 1, shape, axis, shape.length - axis);
        return Elements.reshape(tensor, shape);
    }

    private static long[] lengths(@Nullable Value given, long size) {
        if (given != null && Control.tensor(given).rank() > 0) {
            long[] lengths = Elements.integers(Control.tensor(given));
            if (Arrays.stream(lengths).anyMatch(length -> length < 0) || Arrays.stream(lengths).sum() != size) {
                throw new IllegalArgumentException(
                        "lengths %s do not make up an axis of size %d".formatted(Arrays.toString(lengths), size));
            }
            return lengths;
        }
        long length = given == null ? 1 : number(given);
        if (length <= 0) {
            throw new IllegalArgumentException("the length of a piece must be positive, found " + length);
        }
        var lengths = new long[Math.toIntExact(Math.ceilDiv(size, length))];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = Math.min(length, size - i * length);
        }
        return lengths;
    }

    /// What an optional holds.
    ///
    /// @throws IllegalArgumentException when it is empty
    public static Value get(Value optional) {
        if (optional instanceof Missing) {
            throw new IllegalArgumentException("the inputs lead to an empty optional whose content is needed");
        }
        return optional;
    }

    /// Whether an optional holds something.
    public static Value has(Value optional) {
        return BooleanTensor.scalar(!(optional instanceof Missing));
    }
}
