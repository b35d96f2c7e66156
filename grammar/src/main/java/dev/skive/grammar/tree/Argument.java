package dev.skive.grammar.tree;

import java.util.Optional;

/// An operand or, with a name, an attribute of a call.
///
/// @param position where it begins
/// @param name of the attribute
/// @param value what is passed
public record Argument(Position position, Optional<String> name, Expression value) {}
