package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// How much elements count for each sample of a resized axis.
///
/// @param origin the nodes it implements
/// @param axis the axis
/// @param write float32 or float64 weights, the taps of a sample side by side
public record ResizeWeightsKernel(Origin origin, ResizedAxis axis, View write) implements SpatialKernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of();
    }

    @Override
    public String summary() {
        return "Weighs the elements that the samples of an axis of size " + axis.count() + " are taken from.";
    }

    @Override
    public String verb() {
        return "resizeWeights";
    }
}
