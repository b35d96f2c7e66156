package dev.skive.codegen.emit;

import dev.skive.codegen.plan.GridSampleKernel;
import dev.skive.codegen.plan.MaxRoiPoolKernel;
import dev.skive.codegen.plan.ResizeFillKernel;
import dev.skive.codegen.plan.ResizeKernel;
import dev.skive.codegen.plan.ResizePlacesKernel;
import dev.skive.codegen.plan.ResizeWeightsKernel;
import dev.skive.codegen.plan.RoiAlignKernel;
import dev.skive.codegen.plan.SpatialKernel;

/// Kernels on grids of samples, the same for every instruction set: their inner loops are copies, sums of few rows, which
/// C2 vectorizes, or look-ups.
final class SpatialEmitter implements KernelEmitter<SpatialKernel> {
    @Override
    public void emit(SpatialKernel kernel, KernelMethod method) {
        switch (kernel) {
            case GridSampleKernel sample -> new GridSampleEmitter().emit(sample, method);
            case MaxRoiPoolKernel pool -> new MaxRoiPoolEmitter().emit(pool, method);
            case ResizeFillKernel fill -> new ResizeTables(method, fill.axis()).fill(fill);
            case ResizeKernel resize -> new ResizeEmitter().emit(resize, method);
            case ResizePlacesKernel places -> new ResizeTables(method, places.axis()).places(places);
            case ResizeWeightsKernel weights -> new ResizeTables(method, weights.axis()).weights(weights);
            case RoiAlignKernel align -> new RoiAlignEmitter().emit(align, method);
        }
    }
}
