package dev.skive.passes.weight;

import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.lang.foreign.MemorySegment;

/// Changes the element type of constants, outside the Java heap.
public final class WeightConversion {
    private WeightConversion() {}

    /// The same numbers in another floating-point type, rounded to it.
    ///
    /// @throws IllegalArgumentException when one of the types is not a floating-point type
    public static TensorData convert(TensorData data, ElementType to) {
        if (!data.element().isReal() || !to.isReal()) {
            throw new IllegalArgumentException("%s to %s: both must be real".formatted(data.element(), to));
        }
        MemorySegment target = TensorData.allocate(to, data.count());
        for (long i = 0; i < data.count(); i++) {
            Elements.setDouble(to, target, i, data.getDouble(i));
        }
        return TensorData.wrap(to, data.sizes(), target);
    }
}
