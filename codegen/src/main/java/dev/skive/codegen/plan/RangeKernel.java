package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// `start, start + step, ...`
///
/// @param origin the nodes it implements
/// @param start the first number, rank 0
/// @param step the distance, rank 0
/// @param write the result, contiguous
public record RangeKernel(Origin origin, View start, View step, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(start, step);
    }

    @Override
    public String summary() {
        return "Evenly spaced numbers.";
    }

    @Override
    public String verb() {
        return "range";
    }
}
