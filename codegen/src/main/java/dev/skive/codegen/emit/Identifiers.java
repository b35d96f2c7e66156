package dev.skive.codegen.emit;

import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/// Java names and comments from the names in a model, which are untrusted text.
final class Identifiers {
    private static final int LONGEST = 60;
    private static final Set<String> TAKEN = Set.of("Outputs", "Sizes");

    private Identifiers() {}

    /// `last_hidden_state` as `lastHiddenState`; never a keyword, never empty.
    static String camelCase(String name) {
        String[] words =
                Arrays.stream(name.split("[^A-Za-z0-9]+")).filter(word -> !word.isEmpty()).toArray(String[]::new);
        String joined =
                Arrays.stream(words)
                        .skip(1)
                        .map(word -> Ascii.toUpperCase(word.substring(0, 1)) + word.substring(1))
                        .collect(Collectors.joining("", words.length == 0 ? "unnamed" : decapitalize(words[0]), ""));
        String legal = Character.isJavaIdentifierStart(joined.charAt(0)) ? joined : "n" + joined;
        String cut = legal.substring(0, Math.min(LONGEST, legal.length()));
        return SourceVersion.isKeyword(cut) ? cut + "Value" : cut;
    }

    /// A class name from a model's name, `all-minilm-l6-v2` as `AllMinilmL6V2`.
    static String className(String name) {
        String camel = camelCase(name);
        String capital = Ascii.toUpperCase(camel.substring(0, 1)) + camel.substring(1);
        return isTaken(capital) ? capital + "Model" : capital;
    }

    private static String decapitalize(String word) {
        return Ascii.toLowerCase(word.substring(0, 1)) + word.substring(1);
    }

    /// Text as a Java string literal of printable ASCII characters, so that no line separator, quote or Unicode escape
    /// in it means anything to the compiler.
    static String literal(String text) {
        var literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c < ' ') {
                literal.append("\\%03o".formatted((int) c));
            } else {
                literal.append(c > '~' ? "\\u%04x".formatted((int) c) : Character.toString(c));
            }
        }
        return literal.append('"').toString();
    }

    /// True when generated code means another class by this name, so that a model's class cannot have it.
    static boolean isTaken(String className) {
        if (TAKEN.contains(className)) {
            return true;
        }
        try {
            Class.forName("java.lang." + className, false, null);
            return true;
        } catch (ClassNotFoundException free) {
            return false;
        }
    }

    /// Text that cannot end a comment or start a Unicode escape.
    static String comment(String text) {
        return text.codePoints()
                .map(c -> c < ' ' || c > '~' || c == '\\' || c == '$' ? '_' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .replace("*/", "*_");
    }
}
