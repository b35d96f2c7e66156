package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Writes a number where the samples of a resized axis lie outside of it.
///
/// @param origin the nodes it implements
/// @param axis the axis
/// @param outside the number
/// @param write the resized tensor `[outer, count, inner]`, contiguous
public record ResizeFillKernel(Origin origin, ResizedAxis axis, double outside, View write) implements SpatialKernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(write);
    }

    @Override
    public String summary() {
        return "Writes " + outside + " where samples of the middle axis lie outside.";
    }

    @Override
    public String verb() {
        return "resizeFill";
    }
}
