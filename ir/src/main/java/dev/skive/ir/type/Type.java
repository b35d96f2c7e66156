package dev.skive.ir.type;

/// The type of a value in a graph.
public sealed interface Type permits TensorType, UnrankedType, SequenceType, OptionalType, AbsentType {}
