package dev.skive.grammar;

import dev.skive.grammar.tree.Position;

/// A text that cannot be read. The message shows the place: file, line, column, the line, and a caret below it.
public final class TextError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SourceText source;
    private final transient Position position;
    private final String problem;

    TextError(SourceText source, Position position, String problem) {
        super(source.describe(position, problem));
        this.source = source;
        this.position = position;
        this.problem = problem;
    }

    /// The text.
    public SourceText source() {
        return source;
    }

    /// The place.
    public Position position() {
        return position;
    }

    /// What is wrong there, in words.
    public String problem() {
        return problem;
    }
}
