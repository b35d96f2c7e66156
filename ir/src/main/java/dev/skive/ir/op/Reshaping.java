package dev.skive.ir.op;

/// Operators that data tells what to do with axes: which shape, which axes, which range.
public sealed interface Reshaping extends Dynamic
        permits AroundAxis,
                CollapseAxes,
                DynamicExpand,
                DynamicReshape,
                DynamicResize,
                DynamicSlice,
                DynamicSqueeze,
                DynamicUnsqueeze,
                Extents {}
