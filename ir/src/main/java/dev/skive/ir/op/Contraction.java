package dev.skive.ir.op;

/// Sums of products over shared axes.
public sealed interface Contraction extends Op permits Linear, MatMul, MatMulInteger {}
