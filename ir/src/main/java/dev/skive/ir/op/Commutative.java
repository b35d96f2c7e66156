package dev.skive.ir.op;

/// Marks binary operators whose operands can be swapped without changing the result.
public interface Commutative {}
