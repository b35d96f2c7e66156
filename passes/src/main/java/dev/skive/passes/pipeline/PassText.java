package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.grammar.PipelineText;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.PassTree;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/// One item of pipeline text, `name` or `name{key=value,...}`.
///
/// @param name of a pass or bundle
/// @param options their values without quotes
record PassText(String name, ImmutableMap<String, String> options) {
    /// What can stand without quotes: numbers, and words joined by hyphens.
    private static final Pattern PLAIN =
            Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?|[A-Za-z]\\w*(-([A-Za-z]\\w*|[0-9]+))*");

    /// The items of a pipeline text.
    ///
    /// @throws SkiveException when the text is malformed
    static ImmutableList<PassText> parseAll(String text) {
        var source = new SourceText("pipeline", text);
        try {
            return PipelineText.parse(source).stream()
                    .map(item -> of(source, item))
                    .collect(ImmutableList.toImmutableList());
        } catch (TextError error) {
            throw new SkiveException(ExitCode.USAGE, error.getMessage(), error);
        }
    }

    private static PassText of(SourceText source, PassTree item) {
        var options = new LinkedHashMap<String, String>();
        for (PassTree.Option option : item.options()) {
            if (options.put(option.key(), option.value()) != null) {
                throw source.error(
                        option.position(), "option '%s' of '%s' is given twice".formatted(option.key(), item.name()));
            }
        }
        return new PassText(item.name(), ImmutableMap.copyOf(options));
    }

    /// The value of an option as it is written.
    static String value(String value) {
        return PLAIN.matcher(value).matches() ? value : quoted(value);
    }

    private static String quoted(String value) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
