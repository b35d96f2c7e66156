package dev.skive.runtime.dynamic;

import dev.skive.runtime.ElementKind;
import dev.skive.runtime.StringTensor;
import dev.skive.runtime.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tensors put together from tensors.
public final class Joining {
    private Joining() {}

    /// Tensors of one kind and shape one after the other along a new first axis; there must be one.
    ///
    /// @throws IllegalArgumentException when they differ
    public static Tensor stack(List<Tensor> slices) {
        Tensor first = slices.getFirst();
        for (Tensor slice : slices) {
            if (slice.kind() != first.kind() || !Arrays.equals(slice.shape(), first.shape())) {
                throw new IllegalArgumentException(
                        "the inputs lead to slices of one result that differ: %s%s and %s%s"
                                .formatted(
                                        first.kind().text(),
                                        Arrays.toString(first.shape()),
                                        slice.kind().text(),
                                        Arrays.toString(slice.shape())));
            }
        }
        long[] shape = new long[first.rank() + 1];
        shape[0] = 1;
        System.arraycopy(first.shape(), 0, shape, 1, first.rank());
        return concat(slices.stream().map(slice -> Elements.reshape(slice, shape)).toList(), 0);
    }

    /// Tensors one after the other along an axis; there must be one.
    ///
    /// @throws IllegalArgumentException when they differ in kind or in another size
    public static Tensor concat(List<Tensor> parts, int axis) {
        Tensor first = parts.getFirst();
        long[] shape = first.shape();
        shape[axis] = 0;
        for (Tensor part : parts) {
            long[] other = part.shape();
            long length = other.length == shape.length ? other[axis] : 0;
            if (other.length == shape.length) {
                other[axis] = shape[axis];
            }
            if (part.kind() != first.kind() || !Arrays.equals(shape, other)) {
                throw new IllegalArgumentException(
                        "the inputs lead to tensors that do not fit along axis %d: %s%s and %s%s"
                                .formatted(
                                        axis,
                                        first.kind().text(),
                                        Arrays.toString(first.shape()),
                                        part.kind().text(),
                                        Arrays.toString(part.shape())));
            }
            shape[axis] += length;
        }
        return first.kind() == ElementKind.STRING ? concatStrings(parts, axis, shape) : concatBytes(parts, axis, shape);
    }

    private static long outer(long[] shape, int axis) {
        return Arrays.stream(shape, 0, axis).reduce(1, Math::multiplyExact);
    }

    private static Tensor concatBytes(List<Tensor> parts, int axis, long[] shape) {
        long outer = outer(shape, axis);
        long total = parts.stream().mapToLong(part -> part.segment().byteSize()).sum();
        var all = MemorySegment.ofArray(new byte[Math.toIntExact(total)]);
        long at = 0;
        for (long i = 0; i < outer; i++) {
            for (Tensor part : parts) {
                long run = part.segment().byteSize() / outer;
                MemorySegment.copy(part.segment(), i * run, all, at, run);
                at += run;
            }
        }
        return Elements.wrap(parts.getFirst().kind(), all, shape);
    }

    private static Tensor concatStrings(List<Tensor> parts, int axis, long[] shape) {
        long outer = outer(shape, axis);
        var all = new ArrayList<String>();
        for (int i = 0; i < outer; i++) {
            for (Tensor part : parts) {
                List<String> strings = Arrays.asList(((StringTensor) part).values());
                int run = (int) (strings.size() / outer);
                all.addAll(strings.subList(i * run, (i + 1) * run));
            }
        }
        return StringTensor.of(all.toArray(String[]::new), shape);
    }

    /// The part of a tensor of a length along an axis, from a start on.
    public static Tensor piece(Tensor tensor, int axis, int start, int length) {
        long[] shape = tensor.shape();
        int size = (int) shape[axis];
        int inner = (int) Arrays.stream(shape, axis + 1, shape.length).reduce(1, Math::multiplyExact);
        shape[axis] = length;
        int run = length * inner;
        var places = new int[(int) outer(shape, axis) * run];
        for (int i = 0; i < places.length; i++) {
            places[i] = (i / run * size + start) * inner + i % run;
        }
        return Elements.pick(tensor, places, shape);
    }
}
