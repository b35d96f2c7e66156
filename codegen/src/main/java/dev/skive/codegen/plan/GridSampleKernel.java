package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.GridSample;

/// Samples of images at the places of a grid.
///
/// @param origin the nodes it implements
/// @param op how places are sampled
/// @param read the images, contiguous
/// @param grid the places, contiguous
/// @param write the samples, contiguous
public record GridSampleKernel(Origin origin, GridSample op, View read, View grid, View write)
        implements SpatialKernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read, grid);
    }

    @Override
    public String summary() {
        return "Samples images " + read.shape() + " at the places of a grid.";
    }

    @Override
    public String verb() {
        return "gridSample";
    }
}
