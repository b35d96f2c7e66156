package dev.skive.grammar.tree;

import com.google.common.collect.ImmutableList;

/// One item of a pipeline, `name{key=value,...}`.
///
/// @param position where it begins
/// @param name of a pass or a list of passes
/// @param options in order
public record PassTree(Position position, String name, ImmutableList<Option> options) {
    /// `key=value`.
    ///
    /// @param position where the key begins
    /// @param key name of the option
    /// @param value as written; of a string its value
    /// @param quoted whether the value was written as a string
    public record Option(Position position, String key, String value, boolean quoted) {}
}
