package dev.skive.ir.eval;

import com.google.common.collect.ImmutableList;

/// A sequence of tensors, whose sizes may differ.
///
/// @param tensors the members in order
public record TensorSequence(ImmutableList<Tensor> tensors) implements Datum {
    @Override
    public String describe() {
        return "a sequence of " + tensors.stream().map(Tensor::toString).toList();
    }
}
