package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.MaxRoiPool;

/// Regions of images on a raster.
///
/// @param origin the nodes it implements
/// @param op the raster
/// @param read the images, contiguous
/// @param regions their images and corners, contiguous
/// @param write the bins, contiguous
public record MaxRoiPoolKernel(Origin origin, MaxRoiPool op, View read, View regions, View write)
        implements SpatialKernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read, regions);
    }

    @Override
    public String summary() {
        return "Maxima in regions of images " + read.shape() + ".";
    }

    @Override
    public String verb() {
        return "maxRoiPool";
    }
}
