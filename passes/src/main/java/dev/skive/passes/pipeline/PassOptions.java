package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.passes.Nearest;
import dev.skive.passes.Pass;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads and writes the options of a pass, which are the components of its record.
final class PassOptions {
    private PassOptions() {}

    /// The pass as pipeline text, every option written out.
    static String print(Pass pass) {
        String options =
                components(pass).stream()
                        .map(component -> key(component) + "=" + PassText.value(print(value(pass, component))))
                        .collect(Collectors.joining(","));
        return pass.name() + (options.isEmpty() ? "" : "{" + options + "}");
    }

    /// A pass like `pass` with some options changed.
    ///
    /// @throws SkiveException when an option does not exist or does not accept its value
    static Pass with(Pass pass, ImmutableMap<String, String> options) {
        ImmutableList<RecordComponent> components = components(pass);
        ImmutableSet<String> known = components.stream().map(PassOptions::key).collect(ImmutableSet.toImmutableSet());
        for (String key : options.keySet()) {
            if (!known.contains(key)) {
                throw usage("pass '%s' has no option '%s'; %s".formatted(pass.name(), key, Nearest.hint(key, known)));
            }
        }
        Object[] values =
                components.stream()
                        .map(component ->
                                Optional.ofNullable(options.get(key(component)))
                                        .map(text -> parse(pass, component, text))
                                        .orElseGet(() -> value(pass, component)))
                        .toArray();
        return construct(pass, components, values);
    }

    private static ImmutableList<RecordComponent> components(Pass pass) {
        return Optional.ofNullable(pass.getClass().getRecordComponents())
                .map(ImmutableList::copyOf)
                .orElseThrow(() -> new AssertionError("pass " + pass.getClass().getName() + " is not a record"));
    }

    private static String key(RecordComponent component) {
        return com.google.common.base.CaseFormat.LOWER_CAMEL.to(
                com.google.common.base.CaseFormat.LOWER_HYPHEN, component.getName());
    }

    private static String print(Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    private static Object value(Pass pass, RecordComponent component) {
        try {
            return component.getAccessor().invoke(pass);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("pass " + pass.name() + " must be a public record", e);
        }
    }

    private static Object parse(Pass pass, RecordComponent component, String text) {
        Class<?> type = component.getType();
        try {
            return parse(type, text);
        } catch (IllegalArgumentException e) {
            throw usage(
                    "option '%s' of pass '%s' must be %s, found '%s'"
                            .formatted(key(component), pass.name(), words(type), text));
        }
    }

    private static Object parse(Class<?> type, String text) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> print(constant).equals(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
        return switch (type.getName()) {
            case "int" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "double" -> Double.valueOf(text);
            case "boolean" -> parseBoolean(text);
            case "java.lang.String" -> text;
            default -> throw new AssertionError("options of type " + type.getName() + " are not supported");
        };
    }

    private static Boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String words(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(PassOptions::print)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return switch (type.getName()) {
            case "int", "long" -> "a whole number";
            case "double" -> "a number";
            default -> "true or false";
        };
    }

    private static Pass construct(Pass pass, ImmutableList<RecordComponent> components, Object[] values) {
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return (Pass) pass.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new SkiveException(
                    ExitCode.USAGE, "pass '%s': %s".formatted(pass.name(), e.getTargetException().getMessage()), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("pass " + pass.name() + " must be a public record", e);
        }
    }

    private static SkiveException usage(String message) {
        return new SkiveException(ExitCode.USAGE, message);
    }
}
