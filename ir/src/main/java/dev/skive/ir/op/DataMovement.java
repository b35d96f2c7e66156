package dev.skive.ir.op;

/// Operators that move, repeat or describe elements without computing with them.
public sealed interface DataMovement extends Op
        permits Concat,
                Expand,
                Gather,
                GatherElements,
                GatherNd,
                Pad,
                Range,
                Reshape,
                ScatterElements,
                ScatterNd,
                ShapeOf,
                Slice,
                Transpose {}
