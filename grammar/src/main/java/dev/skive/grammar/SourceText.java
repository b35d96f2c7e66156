package dev.skive.grammar;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.tree.Position;
import java.util.Optional;

/// A text in one of Skive's languages, and where it came from.
///
/// @param name of the file, or what else the text is
/// @param text all of it
public record SourceText(String name, String text) {
    private static final int WIDEST_LINE = 120;
    private static final int BEFORE = 80;

    /// An error at a place of this text.
    public TextError error(Position position, String problem) {
        return new TextError(ImmutableList.of(new TextProblem(this, position, problem)));
    }

    /// The problem with file, line and column, the offending line, and a caret below the place. Of a long line only the
    /// part around the place is shown, and nothing that could move the cursor of a terminal.
    String describe(Position position, String problem) {
        String head = "%s:%d:%d: %s".formatted(name, position.line(), position.column(), problem);
        Optional<String> line = text.lines().skip(position.line() - 1L).findFirst();
        if (line.isEmpty()) {
            return head;
        }
        int[] visible = visible(line.get()).codePoints().toArray();
        int caret = Math.min(position.column() - 1, visible.length);
        int from = visible.length <= WIDEST_LINE ? 0 : Math.max(0, caret - BEFORE);
        int count = Math.min(WIDEST_LINE, visible.length - from);
        return "%s\n    %s\n    %s^".formatted(head, new String(visible, from, count), " ".repeat(caret - from));
    }

    /// A text with question marks in place of characters that have no picture.
    static String visible(String text) {
        int[] characters = text.codePoints().map(SourceText::visible).toArray();
        return new String(characters, 0, characters.length);
    }

    private static int visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED ->
                    character == '\t' ? ' ' : '?';
            default -> character;
        };
    }
}
