package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Type;
import java.util.Arrays;
import java.util.Optional;

/// A tensor known at compile time.
///
/// **Source**: ONNX `Constant` and graph initializers.
///
/// @param data the elements
public record Constant(TensorData data) implements Source, ShapeArithmetic {
    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(data.type());
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        return data.element().isInteger() || data.element() == dev.skive.ir.type.ElementType.BOOL
                ? Optional.of(Arrays.stream(data.longs()).mapToObj(Dim::of).collect(ImmutableList.toImmutableList()))
                : Optional.empty();
    }
}
