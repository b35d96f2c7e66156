package dev.skive.ir.op;

/// Operators on grids of samples: they read between elements, or where other elements tell them to.
public sealed interface Spatial extends Op permits GridSample, MaxRoiPool, Resize, RoiAlign {}
