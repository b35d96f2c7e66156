package dev.skive.grammar;

import dev.skive.grammar.tree.Position;

/// What is wrong at a place of a text.
///
/// @param source the text
/// @param position the place
/// @param problem what is wrong, in words
public record TextProblem(SourceText source, Position position, String problem) {
    /// File, line, column and problem, then the line with a caret below the place.
    @Override
    public String toString() {
        return source.describe(position, problem);
    }
}
