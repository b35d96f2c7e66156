package dev.skive.ir.op;

/// Operators that move, repeat or describe elements without computing with them.
public sealed interface DataMovement extends Op
        permits Concat, Expand, Gather, Range, Reshape, ShapeOf, Slice, Transpose {}
