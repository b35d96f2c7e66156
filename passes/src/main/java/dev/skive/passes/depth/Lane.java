package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;

/// What stands for one value of several layers side by side.
sealed interface Lane {
    /// One value, the same for all layers.
    ///
    /// @param value in the new graph
    record Shared(Value value) implements Lane {}

    /// The values of all layers side by side along the last axis.
    ///
    /// @param value in the new graph
    /// @param width how much of the last axis each layer has
    record Wide(Value value, long width) implements Lane {}

    /// A value for each layer.
    ///
    /// @param values in the new graph
    record Each(ImmutableList<Value> values) implements Lane {}

    /// The sum of the values of all layers.
    ///
    /// @param value in the new graph
    record Sum(Value value) implements Lane {}

    /// A weight of each layer.
    ///
    /// @param weights in order
    record Held(ImmutableList<TensorData> weights) implements Lane {
        /// True when the layers have the same weight.
        boolean isEqual() {
            return weights.stream().allMatch(weights.getFirst()::equals);
        }
    }

    /// An operand left out.
    record Missing() implements Lane {}
}
