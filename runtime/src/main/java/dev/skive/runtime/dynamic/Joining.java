package dev.skive.runtime.dynamic;

import dev.skive.runtime.ElementKind;
import dev.skive.runtime.StringTensor;
import dev.skive.runtime.Tensor;
import java.lang.foreign.MemorySegment;
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
        shape[0] = slices.size();
        System.arraycopy(first.shape(), 0, shape, 1, first.rank());
        if (first.kind() == ElementKind.STRING) {
            String[] all =
                    slices.stream()
                            .flatMap(slice -> Arrays.stream(((StringTensor) slice).values()))
                            .toArray(String[]::new);
            return StringTensor.of(all, shape);
        }
        long bytes = first.segment().byteSize();
        var all = MemorySegment.ofArray(new byte[Math.toIntExact(bytes * slices.size())]);
        for (int i = 0; i < slices.size(); i++) {
            MemorySegment.copy(slices.get(i).segment(), 0, all, i * bytes, bytes);
        }
        return Elements.wrap(first.kind(), all, shape);
    }
}
