package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/// Patterns as rules write them, shortened where they are deep.
final class PatternText {
    private static final int LEVELS = 2;

    private PatternText() {}

    static String print(Pattern pattern) {
        return print(pattern, LEVELS);
    }

    private static String print(Pattern pattern, int levels) {
        return switch (pattern) {
            case Pattern.Variable(String name) -> name;
            case Pattern.AnyConstant(String name) -> "constant " + name;
            case Pattern.AnyNumber(String name) -> "number " + name;
            case Pattern.Literal(double value, boolean tolerance) -> (tolerance ? "~" : "") + number(value);
            case Pattern.Missing missing -> "_";
            case Pattern.Rest(String name) -> name + "...";
            case Pattern.Choice(var alternatives) ->
                    alternatives.stream().map(form -> print(form, levels)).collect(Collectors.joining(" | "));
            case Pattern.Named(String name, Pattern form) -> levels == LEVELS ? print(form, levels) : name;
            case Pattern.Only(Pattern form) -> "once " + print(form, levels);
            case Pattern.Application application ->
                    application.operator().getSimpleName() + operands(application.operands(), levels - 1);
        };
    }

    private static String operands(ImmutableList<Pattern> operands, int levels) {
        return levels == 0
                ? "(...)"
                : operands.stream().map(form -> print(form, levels)).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String number(double value) {
        return value == (long) value && Double.compare(value, -0.0) != 0
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
