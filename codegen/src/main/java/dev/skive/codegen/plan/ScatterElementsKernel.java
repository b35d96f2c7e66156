package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.ScatterElements;

/// Writes elements whose position along one axis is an index into a tensor that is there already.
///
/// @param origin the nodes it implements
/// @param op where, and how elements are joined
/// @param indices the positions, contiguous
/// @param updates the elements, contiguous
/// @param write the tensor, contiguous
public record ScatterElementsKernel(Origin origin, ScatterElements op, View indices, View updates, View write)
        implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(indices, updates, write);
    }

    @Override
    public String summary() {
        return "Writes elements into " + write.shape() + " by index along axis " + op.axis() + ".";
    }

    @Override
    public String verb() {
        return "scatterElements";
    }
}
