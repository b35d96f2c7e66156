package dev.skive.ir.op;

/// Conversions between real numbers and integers that stand for them.
public sealed interface Quantization extends Elementwise permits Dequantize, Quantize {}
