package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Slices that tuples of indices name.
///
/// @param origin the nodes it implements
/// @param batchDims leading axes that data and indices share
/// @param data what is picked from
/// @param indices the tuples, contiguous
/// @param write the result, contiguous
public record GatherTuplesKernel(Origin origin, int batchDims, View data, View indices, View write) implements Kernel {
    /// The length of a tuple.
    public int tuple() {
        return Math.toIntExact(indices.shape().last().known());
    }

    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(data, indices);
    }

    @Override
    public String summary() {
        return "Slices of " + data.shape() + " by tuples of " + tuple() + " indices.";
    }

    @Override
    public String verb() {
        return "gatherNd";
    }
}
