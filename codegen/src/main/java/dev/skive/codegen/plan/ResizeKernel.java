package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// Samples along the middle one of three axes.
///
/// @param origin the nodes it implements
/// @param read the operand `[outer, size, inner]`, contiguous
/// @param indices the elements that count for each sample, `taps` side by side
/// @param factors how much, in the type of the operand; empty where one element is taken
/// @param taps how many elements count for a sample
/// @param write the result `[outer, count, inner]`, contiguous
public record ResizeKernel(Origin origin, View read, View indices, Optional<View> factors, Dim taps, View write)
        implements SpatialKernel {
    @Override
    public ImmutableList<View> reads() {
        return factors.map(view -> ImmutableList.of(read, indices, view)).orElse(ImmutableList.of(read, indices));
    }

    @Override
    public String summary() {
        return "Resizes the middle axis of " + read.shape() + " to " + write.shape().dim(1) + ".";
    }

    @Override
    public String verb() {
        return factors.isPresent() ? "resize" : "resizeNearest";
    }
}
