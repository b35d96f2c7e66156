package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Slices of `data` along an axis by index.
///
/// @param origin the nodes it implements
/// @param axis the axis of `data`
/// @param data what is picked from
/// @param indices which slices
/// @param write the result, contiguous
public record GatherKernel(Origin origin, int axis, View data, View indices, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(data, indices);
    }

    @Override
    public String summary() {
        return "Slices of " + data.shape() + " along axis " + axis + " by index.";
    }

    @Override
    public String verb() {
        return "gather";
    }
}
