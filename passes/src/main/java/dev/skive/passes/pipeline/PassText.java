package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.LinkedHashMap;

/// One item of pipeline text, `name` or `name{key=value,...}`.
///
/// @param name of a pass or bundle
/// @param options as written
record PassText(String name, ImmutableMap<String, String> options) {
    /// The items of a pipeline text.
    ///
    /// @throws SkiveException when the text is malformed
    static ImmutableList<PassText> parseAll(String text) {
        if (text.isBlank()) {
            return ImmutableList.of();
        }
        return splitOutsideBraces(text).stream().map(PassText::parse).collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<String> splitOutsideBraces(String text) {
        var items = ImmutableList.<String>builder();
        int start = 0;
        boolean inBraces = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' || c == '}') {
                if (inBraces == (c == '{')) {
                    throw malformed(text, "unexpected '" + c + "' at column " + (i + 1));
                }
                inBraces = c == '{';
            } else if (c == ',' && !inBraces) {
                items.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (inBraces) {
            throw malformed(text, "'}' is missing at the end");
        }
        return items.add(text.substring(start)).build();
    }

    private static PassText parse(String item) {
        String trimmed = item.strip();
        int brace = trimmed.indexOf('{');
        String name = brace < 0 ? trimmed : trimmed.substring(0, brace).strip();
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw malformed(item, "expected a pass name such as 'simplify', found '" + name + "'");
        }
        if (brace >= 0 && !trimmed.endsWith("}")) {
            throw malformed(item, "expected ',' after '}'");
        }
        String inside = brace < 0 ? "" : trimmed.substring(brace + 1, trimmed.length() - 1);
        return new PassText(name, inside.isBlank() ? ImmutableMap.of() : options(name, inside));
    }

    private static ImmutableMap<String, String> options(String name, String inside) {
        var options = new LinkedHashMap<String, String>();
        for (String option : inside.split(",", -1)) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw malformed(inside, "expected key=value in the options of '" + name + "', found '" + option + "'");
            }
            String key = option.substring(0, equals).strip();
            if (options.put(key, option.substring(equals + 1).strip()) != null) {
                throw malformed(inside, "option '" + key + "' of '" + name + "' is given twice");
            }
        }
        return ImmutableMap.copyOf(options);
    }

    private static SkiveException malformed(String text, String problem) {
        return new SkiveException(ExitCode.USAGE, "pipeline text '" + text.strip() + "': " + problem);
    }
}
