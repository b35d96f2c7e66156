package dev.skive.grammar.tree;

import com.google.common.collect.ImmutableList;

/// The type of a parameter.
public sealed interface ParameterType {
    /// Where it begins.
    Position position();

    /// `element[shape]`.
    record Tensor(Position position, String element, ImmutableList<Expression> shape) implements ParameterType {}

    /// `kind(of)`, a sequence of tensors for example.
    record Wrapped(Position position, String kind, ParameterType of) implements ParameterType {}

    /// The name of a type, of an attribute for example.
    record Named(Position position, String name) implements ParameterType {}
}
