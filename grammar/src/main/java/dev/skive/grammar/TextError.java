package dev.skive.grammar;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// A text that cannot be read. The message shows each place: file, line, column, the line, and a caret below it.
public final class TextError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<TextProblem> problems;

    /// An error of all problems found, at least one.
    public TextError(List<TextProblem> problems) {
        super(problems.stream().map(TextProblem::toString).collect(Collectors.joining("\n")));
        this.problems = ImmutableList.copyOf(problems);
    }

    /// What went wrong, in words; never null.
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    /// What is wrong, in the order in which it was found.
    public ImmutableList<TextProblem> problems() {
        return problems;
    }
}
