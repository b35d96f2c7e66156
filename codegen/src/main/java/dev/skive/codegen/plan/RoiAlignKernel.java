package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.RoiAlign;

/// Regions of images on a raster.
///
/// @param origin the nodes it implements
/// @param op the raster
/// @param read the images, contiguous
/// @param regions their corners, contiguous
/// @param numbers the images they are of, contiguous
/// @param write the bins, contiguous
public record RoiAlignKernel(Origin origin, RoiAlign op, View read, View regions, View numbers, View write)
        implements SpatialKernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read, regions, numbers);
    }

    @Override
    public String summary() {
        return "Samples regions of images " + read.shape() + ".";
    }

    @Override
    public String verb() {
        return "roiAlign";
    }
}
