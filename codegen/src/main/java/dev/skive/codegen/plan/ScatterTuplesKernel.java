package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.ScatterNd;

/// Writes slices that tuples of indices name into a tensor that is there already.
///
/// @param origin the nodes it implements
/// @param op how elements are joined
/// @param indices the tuples, contiguous
/// @param updates the slices, contiguous
/// @param write the tensor, contiguous
public record ScatterTuplesKernel(Origin origin, ScatterNd op, View indices, View updates, View write)
        implements Kernel {
    /// The length of a tuple.
    public int tuple() {
        return Math.toIntExact(indices.shape().last().known());
    }

    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(indices, updates, write);
    }

    @Override
    public String summary() {
        return "Writes slices into " + write.shape() + " by tuples of " + tuple() + " indices.";
    }

    @Override
    public String verb() {
        return "scatterNd";
    }
}
