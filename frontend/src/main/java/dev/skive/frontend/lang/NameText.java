package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableSet;
import dev.skive.grammar.SkiveLexer;
import dev.skive.ir.type.ElementType;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Names and texts as the lexer reads them.
final class NameText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*");

    /// Words of the languages that are no names.
    private static final ImmutableSet<String> KEYWORDS =
            IntStream.rangeClosed(1, SkiveLexer.VOCABULARY.getMaxTokenType())
                    .mapToObj(SkiveLexer.VOCABULARY::getLiteralName)
                    .filter(literal -> literal != null && literal.matches("'[A-Za-z_]+'"))
                    .map(literal -> literal.substring(1, literal.length() - 1))
                    .collect(ImmutableSet.toImmutableSet());

    private NameText() {}

    /// True when it can be written without quotes where a name is expected.
    static boolean isName(String name) {
        return NAME.matcher(name).matches()
                && !KEYWORDS.contains(name)
                && !Attribute.NAMED.containsKey(name)
                && ElementType.parse(name).isEmpty();
    }

    /// The name, in quotes when it is no identifier.
    static String print(String name) {
        return isName(name) ? name : quoted(name);
    }

    /// A text in quotes.
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isPlain(text, i)) {
                        quoted.append(c);
                    } else {
                        quoted.append("\\u%04x".formatted((int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /// False for what an editor would not show, and for halves of characters, which no file can hold.
    private static boolean isPlain(String text, int at) {
        char c = text.charAt(at);
        if (Character.isSurrogate(c)) {
            boolean isPair =
                    Character.isHighSurrogate(c)
                            ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                            : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
            return isPair;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
