package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.lang.AttributeForm;
import dev.skive.frontend.lang.Operators;
import dev.skive.ir.op.Op;
import dev.skive.passes.rule.AttributePattern;
import dev.skive.passes.rule.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;

/// The names that a pattern binds, in at least one of its alternatives, and what they stand for. Variables keep their
/// `$`, parts have none.
///
/// @param names what each name is
record Scope(ImmutableMap<String, Kind> names) {
    /// The names of a pattern.
    static Scope of(Pattern pattern) {
        var names = new LinkedHashMap<String, Kind>();
        collect(pattern, names);
        return new Scope(ImmutableMap.copyOf(names));
    }

    /// This scope with another name.
    Scope with(String name, Kind kind) {
        var more = new LinkedHashMap<>(names);
        more.put(name, kind);
        return new Scope(ImmutableMap.copyOf(more));
    }

    private static void collect(Pattern pattern, Map<String, Kind> names) {
        switch (pattern) {
            case Pattern.Variable(String name) -> names.put(name, Kind.VALUE);
            case Pattern.AnyConstant(String name) -> names.put(name, Kind.VALUE);
            case Pattern.AnyNumber(String name) -> names.put(name, Kind.VALUE);
            case Pattern.Rest(String name) -> names.put(name, Kind.OPERANDS);
            case Pattern.Choice(var alternatives) -> alternatives.forEach(form -> collect(form, names));
            case Pattern.Only(Pattern form) -> collect(form, names);
            case Pattern.Named(String name, Pattern form) -> {
                names.put(name, Kind.VALUE);
                collect(form, names);
            }
            case Pattern.Application application -> {
                application.operands().forEach(form -> collect(form, names));
                application
                        .attributes()
                        .forEach((name, form) -> collect(form, kind(application.operator(), name), names));
            }
            case Pattern.Literal literal -> {}
            case Pattern.Missing missing -> {}
        }
    }

    private static Kind kind(Class<? extends Op> operator, String attribute) {
        AttributeForm form = Operators.attribute(operator.getSimpleName(), attribute);
        return Kind.of(form);
    }

    private static void collect(AttributePattern pattern, Kind kind, Map<String, Kind> names) {
        switch (pattern) {
            case AttributePattern.Any(String name) -> names.put(name, kind);
            case AttributePattern.Equal equal -> {}
            case AttributePattern.Items(var items) -> items.forEach(item -> collect(item, Kind.ANY, names));
            case AttributePattern.Group(String name, var parts) ->
                    parts.values().forEach(part -> collect(part, Kind.ANY, names));
        }
    }
}
