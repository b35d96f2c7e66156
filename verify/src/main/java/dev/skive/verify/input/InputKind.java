package dev.skive.verify.input;

import dev.skive.ir.type.Dim;

/// What the values of an input stand for.
public sealed interface InputKind {
    /// Any real numbers.
    record Reals() implements InputKind {}

    /// Ones where a position counts, zeros where it is padding.
    record Mask() implements InputKind {}

    /// Indices from 0 on.
    ///
    /// @param size how many there are: the smallest axis they index
    record Indices(Dim size) implements InputKind {}

    /// A number that selects what the model does, such as a sample rate.
    ///
    /// @param value one that the model compares it with
    record Choice(long value) implements InputKind {}

    /// Integers or booleans that neither index anything nor mask anything.
    record Numbers() implements InputKind {}
}
