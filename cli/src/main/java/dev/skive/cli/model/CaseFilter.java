package dev.skive.cli.model;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Which test cases are wanted.
///
/// @param text as it was given
/// @param pattern of the whole name
public record CaseFilter(String text, Pattern pattern) implements Predicate<String> {
    /// Every case.
    public static final CaseFilter ALL = of("*");

    /// A glob, in which `*` stands for any characters and `?` for one, or a regular expression between slashes, which may
    /// match any part of a name.
    ///
    /// @throws PatternSyntaxException when the regular expression is none
    public static CaseFilter of(String text) {
        if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
            return new CaseFilter(text, Pattern.compile(".*(?:" + text.substring(1, text.length() - 1) + ").*"));
        }
        var pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)));
        }
        return new CaseFilter(text, Pattern.compile(pattern.toString()));
    }

    @Override
    public boolean test(String name) {
        return pattern.matcher(name).matches();
    }

    /// Reads a filter on the command line.
    public static final class Converter implements ITypeConverter<CaseFilter> {
        @Override
        public CaseFilter convert(String value) {
            try {
                return CaseFilter.of(value);
            } catch (PatternSyntaxException e) {
                throw new TypeConversionException(
                        "'%s' is no regular expression: %s".formatted(value, e.getDescription()));
            }
        }
    }
}
