package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Moves elements from one view to another of the same shape and element type.
///
/// @param origin the nodes it implements
/// @param read where from
/// @param write where to, possibly part of a larger tensor
public record CopyKernel(Origin origin, View read, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return "Copies a tensor of shape " + write.shape() + ".";
    }

    @Override
    public String verb() {
        return "copy";
    }
}
