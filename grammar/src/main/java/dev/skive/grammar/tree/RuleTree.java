package dev.skive.grammar.tree;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/// A rewrite rule as written.
///
/// @param position of its name
/// @param name in kebab-case
/// @param documentation the comment before it, without slashes
/// @param contract name of the contract, when it is written
/// @param match what it looks for
/// @param conditions what must hold besides
/// @param replacement what it puts there
/// @param lowers name of the cost that gets less, when it is written
/// @param examples where it fires and where it does not
public record RuleTree(
        Position position,
        String name,
        String documentation,
        Optional<Word> contract,
        PatternTree match,
        ImmutableList<Expression> conditions,
        PatternTree replacement,
        Optional<Word> lowers,
        ImmutableList<Example> examples) {
    /// A word at its place.
    public record Word(Position position, String text) {}

    /// An expression, and statements before it that name its parts.
    ///
    /// @param parts in order
    /// @param whole the last expression
    public record PatternTree(ImmutableList<Statement.Assignment> parts, Expression whole) {}

    /// A graph in which the rule fires, or in which it must not.
    ///
    /// @param position where it begins
    /// @param fires whether it must fire
    /// @param graph the graph
    public record Example(Position position, boolean fires, Expression.Closure graph) {}
}
