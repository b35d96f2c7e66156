package dev.skive.ir.eval;

/// What a value of a graph is during evaluation.
public sealed interface Datum permits Tensor, TensorSequence, NoDatum {
    /// What it is, with sizes, for messages.
    String describe();
}
