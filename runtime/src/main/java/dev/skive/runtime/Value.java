package dev.skive.runtime;

/// What goes into a model or comes out of it: a tensor, a sequence of tensors, or nothing where something is optional.
public sealed interface Value permits Tensor, TensorSequence, Missing {}
