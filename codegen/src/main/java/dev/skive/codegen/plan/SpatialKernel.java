package dev.skive.codegen.plan;

/// Kernels on grids of samples.
public sealed interface SpatialKernel extends Kernel
        permits GridSampleKernel,
                MaxRoiPoolKernel,
                ResizeFillKernel,
                ResizeKernel,
                ResizePlacesKernel,
                ResizeWeightsKernel,
                RoiAlignKernel {}
