package dev.skive.ir.op;

/// Operators with a structure of their own: normalizations, attention, look-ups.
public sealed interface Structured extends Op
        permits ArgMax, ArgMin, Attention, CumProd, CumSum, Det, EmbeddingSum, LayerNorm, RmsNorm, Softmax {}
