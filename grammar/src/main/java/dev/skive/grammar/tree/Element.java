package dev.skive.grammar.tree;

/// An element of a constant.
///
/// @param position where it begins
/// @param text as written, its sign included: a number, `0x` and bits, or a word such as `inf`; of a string its value
/// @param quoted whether it is a string
public record Element(Position position, String text, boolean quoted) {}
