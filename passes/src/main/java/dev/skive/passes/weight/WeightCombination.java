package dev.skive.passes.weight;

import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Sums of weights of equal shapes, outside the Java heap.
public final class WeightCombination {
    private WeightCombination() {}

    /// `sum over i of factors[i] * weights[i]`, in double precision, rounded once.
    ///
    /// @param weights of one type and shape
    /// @param factors one each
    public static TensorData of(List<TensorData> weights, double... factors) {
        TensorData first = weights.getFirst();
        MemorySegment target = TensorData.allocate(first.element(), first.count());
        for (long at = 0; at < first.count(); at++) {
            double sum = 0;
            for (int i = 0; i < factors.length; i++) {
                sum += factors[i] * weights.get(i).getDouble(at);
            }
            Elements.setDouble(first.element(), target, at, sum);
        }
        return TensorData.wrap(first.element(), first.sizes(), target);
    }
}
