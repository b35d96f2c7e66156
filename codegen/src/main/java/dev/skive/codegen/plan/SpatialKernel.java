package dev.skive.codegen.plan;

/// Kernels on grids of samples.
public sealed interface SpatialKernel extends Kernel
        permits GridSampleKernel,
                ResizeFillKernel,
                ResizeKernel,
                ResizePlacesKernel,
                ResizeWeightsKernel,
                RoiAlignKernel {}
