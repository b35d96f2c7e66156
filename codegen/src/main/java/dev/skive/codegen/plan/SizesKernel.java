package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.type.Dim;

/// Stores sizes that are known when a run starts.
///
/// @param origin the nodes it implements
/// @param sizes what to store
/// @param write where to, contiguous
public record SizesKernel(Origin origin, ImmutableList<Dim> sizes, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of();
    }

    @Override
    public String summary() {
        return "Stores sizes that are known when a run starts.";
    }

    @Override
    public String verb() {
        return "sizes";
    }
}
