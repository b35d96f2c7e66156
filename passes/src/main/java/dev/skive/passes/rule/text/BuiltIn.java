package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A function of the rule language.
///
/// @param name as it is called
/// @param parameters what it is applied to, in order
/// @param result what it gives; a predicate gives a condition
/// @param documentation one sentence
/// @param evaluation what it does
public record BuiltIn(
        String name,
        ImmutableList<Parameter> parameters,
        Kind result,
        String documentation,
        Function<Arguments, Attribute> evaluation) {
    /// A parameter of a function.
    ///
    /// @param name in the documentation
    /// @param kind what it accepts
    public record Parameter(String name, Kind kind) {}

    /// A function without parameters yet.
    static BuiltIn of(String name, Kind result, String documentation, Function<Arguments, Attribute> evaluation) {
        return new BuiltIn(name, ImmutableList.of(), result, documentation, evaluation);
    }

    /// A predicate without parameters yet.
    static BuiltIn predicate(String name, String documentation, Function<Arguments, Boolean> test) {
        return of(name, Kind.TRUTH, documentation, arguments -> Numbers.of(test.apply(arguments)));
    }

    /// The same function with one parameter more.
    BuiltIn taking(String parameter, Kind kind) {
        var more = ImmutableList.<Parameter>builder().addAll(parameters).add(new Parameter(parameter, kind)).build();
        return new BuiltIn(name, more, result, documentation, evaluation);
    }

    /// How it is called.
    public String usage() {
        return parameters.stream().map(Parameter::name).collect(Collectors.joining(", ", name + "(", ")"));
    }
}
