package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Elements whose position along one axis is an index.
///
/// @param origin the nodes it implements
/// @param axis the axis
/// @param data what is picked from
/// @param indices the positions, contiguous
/// @param write the result, contiguous
public record GatherElementsKernel(Origin origin, int axis, View data, View indices, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(data, indices);
    }

    @Override
    public String summary() {
        return "Elements of " + data.shape() + " whose position along axis " + axis + " is an index.";
    }

    @Override
    public String verb() {
        return "gatherElements";
    }
}
