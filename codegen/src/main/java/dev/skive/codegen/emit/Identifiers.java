package dev.skive.codegen.emit;

import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/// Java names and comments from the names in a model, which are untrusted text.
final class Identifiers {
    private static final int LONGEST = 60;

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
        return Ascii.toUpperCase(camel.substring(0, 1)) + camel.substring(1);
    }

    private static String decapitalize(String word) {
        return Ascii.toLowerCase(word.substring(0, 1)) + word.substring(1);
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
