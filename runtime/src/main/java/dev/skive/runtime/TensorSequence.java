package dev.skive.runtime;

import java.util.List;

/// A sequence of tensors of one kind, whose shapes may differ.
///
/// @param tensors the members in order
public record TensorSequence(List<Tensor> tensors) implements Value {
    public TensorSequence {
        tensors = List.copyOf(tensors);
    }
}
