package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Which elements count for each sample of a resized axis.
///
/// @param origin the nodes it implements
/// @param axis the axis
/// @param write int32 indices, the taps of a sample side by side
public record ResizePlacesKernel(Origin origin, ResizedAxis axis, View write) implements SpatialKernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of();
    }

    @Override
    public String summary() {
        return "Finds the elements that the samples of an axis of size " + axis.count() + " are taken from.";
    }

    @Override
    public String verb() {
        return "resizePlaces";
    }
}
