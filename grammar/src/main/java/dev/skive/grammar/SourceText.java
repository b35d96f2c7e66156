package dev.skive.grammar;

import dev.skive.grammar.tree.Position;
import java.util.List;

/// A text and where it came from.
///
/// @param name of the file, or what else the text is
/// @param text all of it
public record SourceText(String name, String text) {
    private static final int WIDEST_LINE = 160;

    /// An error at a place of this text.
    public TextError error(Position position, String problem) {
        return new TextError(this, position, problem);
    }

    /// The problem with file, line and column, the offending line, and a caret below the place.
    String describe(Position position, String problem) {
        String head = "%s:%d:%d: %s".formatted(name, position.line(), position.column(), problem);
        List<String> lines = text.lines().toList();
        if (position.line() > lines.size()) {
            return head;
        }
        String line = lines.get(position.line() - 1).replace('\t', ' ');
        int caret = Math.min(position.column() - 1, line.length());
        int from = Math.max(0, Math.min(caret - WIDEST_LINE / 2, line.length() - WIDEST_LINE));
        String shown = line.substring(from, Math.min(line.length(), from + WIDEST_LINE));
        return "%s%n    %s%n    %s^".formatted(head, shown, " ".repeat(caret - from));
    }
}
