package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.file.StoredValue;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.NoDatum;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.eval.TensorSequence;
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

    /// The value that an engine gave.
    static TestValue of(Datum datum) {
        return switch (datum) {
            case Tensor tensor -> new OfTensor(tensor);
            case TensorSequence(var tensors) ->
                    new OfSequence(tensors.stream().map(OfTensor::new).collect(ImmutableList.toImmutableList()));
            case NoDatum() -> new OfOptional(Optional.empty());
        };
    }

    /// This value as engines take it; an optional that is there is its content.
    ///
    /// @throws SkiveException when it is a sequence of something other than tensors
    default Datum datum() {
        return switch (this) {
            case OfTensor(Tensor tensor) -> tensor;
            case OfOptional(var value) -> value.isPresent() ? value.get().datum() : new NoDatum();
            case OfSequence(var values) ->
                    new TensorSequence(
                            values.stream()
                                    .map(value -> value instanceof OfTensor(Tensor tensor) ? tensor : refused(value))
                                    .collect(ImmutableList.toImmutableList()));
        };
    }

    private static Tensor refused(TestValue value) {
        throw new SkiveException(ExitCode.INVALID_MODEL, "a sequence that holds %s is not supported".formatted(value));
    }

    private static Tensor tensor(TensorData data) {
        if (data.element().kind() == ElementType.Kind.COMPLEX) {
            throw new SkiveException(ExitCode.INVALID_MODEL, "tensors of " + data.element() + " are not supported");
        }
        return Tensor.of(data);
    }
}
