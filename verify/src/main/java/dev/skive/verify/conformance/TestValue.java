package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.file.StoredValue;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// A value that a model takes or gives.
public sealed interface TestValue {
    /// A tensor.
    ///
    /// @param tensor its type, sizes and elements
    record OfTensor(Tensor tensor) implements TestValue {
        @Override
        public String toString() {
            return tensor.toString();
        }
    }

    /// A sequence.
    ///
    /// @param values its values in order
    record OfSequence(ImmutableList<TestValue> values) implements TestValue {
        @Override
        public String toString() {
            return "a sequence of " + values.size();
        }
    }

    /// An optional.
    ///
    /// @param value its value, if it has one
    record OfOptional(Optional<TestValue> value) implements TestValue {
        @Override
        public String toString() {
            return value.map(inner -> "an optional with " + inner).orElse("an empty optional");
        }
    }

    /// The value that a file holds.
    ///
    /// @throws SkiveException when its elements are complex numbers
    static TestValue of(StoredValue stored) {
        return switch (stored) {
            case StoredValue.OfTensor(TensorData data) -> new OfTensor(tensor(data));
            case StoredValue.OfSequence(var values) ->
                    new OfSequence(values.stream().map(TestValue::of).collect(ImmutableList.toImmutableList()));
            case StoredValue.OfOptional(var value) -> new OfOptional(value.map(TestValue::of));
        };
    }

    private static Tensor tensor(TensorData data) {
        if (data.element().kind() == ElementType.Kind.COMPLEX) {
            throw new SkiveException(ExitCode.INVALID_MODEL, "tensors of " + data.element() + " are not supported");
        }
        return Tensor.of(data);
    }
}
