package dev.skive.grammar.tree;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/// A line of a function, a graph or a closure.
public sealed interface Statement {
    /// Where it begins.
    Position position();

    /// `let name = value`: a number known when the text is read.
    record Let(Position position, String name, Expression value) implements Statement {}

    /// `targets = value from "origins"`.
    record Assignment(Position position, ImmutableList<Target> targets, Expression value, ImmutableList<String> origins)
            implements Statement {}

    /// `repeat counter in from..to { body }`.
    record Repetition(Position position, String counter, Expression from, Expression to, ImmutableList<Statement> body)
            implements Statement {}

    /// `return results`.
    record Return(Position position, ImmutableList<Result> results) implements Statement {}

    /// What a result is assigned to; without a name it is not wanted.
    record Target(Position position, Optional<String> name) {}

    /// A value that is returned, under a name when it is an output of a graph.
    record Result(Position position, Optional<String> name, Expression value) {}
}
