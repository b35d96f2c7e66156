package dev.skive.codegen.plan;

import dev.skive.ir.data.TensorData;

/// A large constant that stays outside the Java heap, in the weights file.
///
/// @param index number within the plan
/// @param name what it is, for comments and the weights file
/// @param data the elements
/// @param layout how they are stored
public record Weight(int index, String name, TensorData data, Layout layout) {
    /// How a weight is stored.
    public enum Layout {
        /// A matrix `[k, n]` in panels of columns, for products.
        PANELS,
        /// Row-major, for look-ups.
        TABLE
    }
}
