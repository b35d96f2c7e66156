package dev.skive.ir.op;

/// Operators that move a window over the spatial axes, those after batch and channel: convolutions and pooling.
public sealed interface Windowed extends Op permits AveragePool, Conv, ConvTranspose, LpPool, MaxPool, MaxPoolIndex {}
