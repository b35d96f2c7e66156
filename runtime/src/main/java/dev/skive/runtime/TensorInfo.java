package dev.skive.runtime;

import java.util.List;

/// What a model says about one of its inputs or outputs.
///
/// @param name the name in the model
/// @param kind what the elements are
/// @param dims the size of each axis as text: a number, or the name of a size that the caller chooses
public record TensorInfo(String name, ElementKind kind, List<String> dims) {
    public TensorInfo {
        dims = List.copyOf(dims);
    }

    /// As in the model language: `input_ids: i64[batch, sequence]`.
    @Override
    public String toString() {
        return "%s: %s%s".formatted(name, kind.text(), dims);
    }
}
