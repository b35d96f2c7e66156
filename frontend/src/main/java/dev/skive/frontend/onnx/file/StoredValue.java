package dev.skive.frontend.onnx.file;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;

/// A value of an input or output as a file holds it.
public sealed interface StoredValue {
    /// A tensor.
    ///
    /// @param data its type, sizes and elements
    record OfTensor(TensorData data) implements StoredValue {}

    /// A sequence.
    ///
    /// @param values its values in order
    record OfSequence(ImmutableList<StoredValue> values) implements StoredValue {}

    /// An optional.
    ///
    /// @param value its value, if it has one
    record OfOptional(java.util.Optional<StoredValue> value) implements StoredValue {}
}
