package dev.skive.grammar.tree;

import java.util.Optional;

/// A parameter of a function, an input of a graph, or a parameter of a closure.
///
/// @param position where it begins
/// @param name in the text
/// @param label name in the model file, when that is no identifier
/// @param type what is accepted
/// @param otherwise the value of an attribute that is left out
public record Parameter(
        Position position,
        String name,
        Optional<String> label,
        Optional<ParameterType> type,
        Optional<Expression> otherwise) {}
