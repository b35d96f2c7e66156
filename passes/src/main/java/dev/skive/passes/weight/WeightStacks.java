package dev.skive.passes.weight;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import java.lang.foreign.MemorySegment;

/// Weights one after the other, outside the Java heap.
public final class WeightStacks {
    private WeightStacks() {}

    /// Constants of equal sizes but for the first, one after the other along the first axis.
    public static TensorData concatFirst(ImmutableList<TensorData> parts) {
        TensorData first = parts.getFirst();
        long[] sizes = first.sizes();
        sizes[0] = parts.stream().mapToLong(part -> part.sizes()[0]).sum();
        long count = parts.stream().mapToLong(TensorData::count).sum();
        MemorySegment target = TensorData.allocate(first.element(), count);
        long at = 0;
        for (TensorData part : parts) {
            MemorySegment.copy(part.bytes(), 0, target, at, part.bytes().byteSize());
            at += part.bytes().byteSize();
        }
        return TensorData.wrap(first.element(), sizes, target);
    }
}
