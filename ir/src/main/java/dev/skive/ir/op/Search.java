package dev.skive.ir.op;

/// Operators that look for elements and give the places where they are.
public sealed interface Search extends Dynamic permits NonMaxSuppression, TopK, Unique {}
