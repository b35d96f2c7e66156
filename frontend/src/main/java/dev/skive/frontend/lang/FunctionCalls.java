package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.skive.frontend.onnx.Limit;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.ModelTree;
import dev.skive.grammar.tree.Parameter;
import dev.skive.grammar.tree.ParameterType;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.TypeError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Calls of functions: the body is carried out with the arguments.
final class FunctionCalls {
    private final Reading reading;
    private final Expressions expressions;
    private final TypeReader types;
    private final TensorReader tensors;

    FunctionCalls(Reading reading, Expressions expressions, TypeReader types, TensorReader tensors) {
        this.reading = reading;
        this.expressions = expressions;
        this.types = types;
        this.tensors = tensors;
    }

    /// The results of a call.
    Meaning call(Frame frame, Expression.Call call) {
        ModelTree.Function function = reading.function(call.name());
        refuseRecursion(frame, call);
        reading.limits().require(Limit.NESTING, frame.depth() + 1L, "'%s'".formatted(call.name()));
        Map<String, Argument> arguments = arguments(frame, function, call);
        Frame inside = frame.calling(new Frame.FunctionCall(call.name(), call.position()), reading.file().inside());
        for (Parameter parameter : function.parameters()) {
            Optional<Expression> given = Optional.ofNullable(arguments.get(parameter.name())).map(Argument::value);
            Meaning meaning = argument(frame, inside, parameter, given, call);
            inside.scope().define(parameter.name(), meaning);
        }
        var statements = new Statements(reading, expressions);
        ImmutableList<Value> results;
        try {
            results = statements.results(inside, function.body(), function.position());
        } catch (TextError error) {
            reading.report(error);
            throw new ReportedError();
        }
        checkResults(inside, function, results, call.position());
        return new Meaning.Results(results);
    }

    private void refuseRecursion(Frame frame, Expression.Call call) {
        List<String> calls = frame.calls().stream().map(Frame.FunctionCall::function).toList();
        int at = calls.indexOf(call.name());
        if (at >= 0) {
            String chain =
                    Stream.concat(calls.stream().skip(at), Stream.of(call.name())).collect(Collectors.joining(" -> "));
            throw reading.error(frame, call.position(), "'%s' calls itself: %s".formatted(call.name(), chain));
        }
    }

    /// Which argument is for which parameter.
    private Map<String, Argument> arguments(Frame frame, ModelTree.Function function, Expression.Call call) {
        List<String> names = Lists.transform(function.parameters(), Parameter::name);
        var arguments = new HashMap<String, Argument>();
        int position = 0;
        for (Argument argument : call.arguments()) {
            if (argument.name().isEmpty() && position >= names.size()) {
                throw reading.error(
                        frame,
                        argument.position(),
                        "%s takes %d argument%s, found more"
                                .formatted(usage(function), names.size(), names.size() == 1 ? "" : "s"));
            }
            String name = argument.name().isPresent() ? argument.name().get() : names.get(position++);
            if (!names.contains(name)) {
                throw reading.error(
                        frame,
                        argument.position(),
                        "there is no parameter '%s' in %s%s"
                                .formatted(name, usage(function), Suggestion.of(name, names)));
            }
            if (arguments.put(name, argument) != null) {
                throw reading.error(frame, argument.position(), "'%s' is given twice".formatted(name));
            }
        }
        return arguments;
    }

    private static String usage(ModelTree.Function function) {
        return function.parameters().stream()
                .map(parameter -> parameter.otherwise().isPresent() ? parameter.name() + "=..." : parameter.name())
                .collect(Collectors.joining(", ", function.name() + "(", ")"));
    }

    private Meaning argument(
            Frame frame, Frame inside, Parameter parameter, Optional<Expression> given, Expression.Call call) {
        Expression expression =
                given.or(parameter::otherwise)
                        .orElseThrow(() ->
                                reading.error(
                                        frame,
                                        call.position(),
                                        "'%s' of %s is missing"
                                                .formatted(parameter.name(), usage(reading.function(call.name())))));
        Frame from = given.isPresent() ? frame : inside;
        Optional<ParameterKind> kind = parameter.type().flatMap(type -> kind(inside, type));
        if (kind.isPresent()) {
            return new Meaning.Known(known(from, kind.get(), parameter, expression));
        }
        Meaning meaning = expressions.operand(from, expression, inside.origin(parameter.name()));
        if (parameter.type().isEmpty() || meaning instanceof Meaning.LeftOut) {
            return meaning;
        }
        Value value =
                meaning instanceof Meaning.Known(Attribute number)
                        ? constant(inside, parameter, number, expression.position())
                        : expressions.single(from, expression, meaning);
        types.bind(inside, parameter.type().get(), value.type(), parameter.name(), expression.position());
        return Meaning.of(value);
    }

    /// A number for a tensor is a constant of its element type.
    private Value constant(Frame inside, Parameter parameter, Attribute number, Position at) {
        if (!(parameter.type().orElseThrow() instanceof ParameterType.Tensor(Position place, String name, var shape))) {
            throw reading.error(
                    inside.caller(), at, "'%s' must be a value, found a number".formatted(parameter.name()));
        }
        try {
            return inside.builder()
                    .constant(
                            inside.origin(parameter.name()),
                            TensorReader.scalar(number, types.element(inside, place, name)));
        } catch (TypeError error) {
            throw reading.error(inside.caller(), at, error.getMessage());
        }
    }

    private Optional<ParameterKind> kind(Frame inside, ParameterType type) {
        if (!(type instanceof ParameterType.Named(Position at, String name))) {
            return Optional.empty();
        }
        return Optional.of(
                ParameterKind.of(name)
                        .orElseThrow(() ->
                                reading.error(
                                        inside,
                                        at,
                                        "unknown type '%s'; a parameter is a tensor (f32[n, 4]) or one of %s%s"
                                                .formatted(
                                                        name,
                                                        String.join(", ", ParameterKind.names()),
                                                        Suggestion.of(name, ParameterKind.names())))));
    }

    private Attribute known(Frame from, ParameterKind kind, Parameter parameter, Expression expression) {
        Attribute attribute = attribute(from, kind, expression);
        if (!kind.accepts(attribute)) {
            throw reading.error(
                    from,
                    expression.position(),
                    "'%s' must be %s, found %s"
                            .formatted(parameter.name(), kind.description(), AttributeText.print(attribute)));
        }
        return attribute;
    }

    private Attribute attribute(Frame from, ParameterKind kind, Expression expression) {
        return switch (expression) {
            case Expression.Text text when kind == ParameterKind.TEXT ->
                    new Attribute.Text(tensors.interpolated(from, text));
            case Expression.Name(Position at, String name)
                    when kind == ParameterKind.WORD && from.scope().meaning(name).isEmpty() ->
                    Attribute.named(name);
            default -> expressions.attribute(from, expression, Unknown.IS_ERROR);
        };
    }

    private void checkResults(Frame inside, ModelTree.Function function, List<Value> results, Position at) {
        if (function.results().isEmpty()) {
            return;
        }
        if (function.results().size() != results.size()) {
            throw reading.error(
                    inside.caller(),
                    at,
                    "'%s' says it returns %d values, but returns %d"
                            .formatted(function.name(), function.results().size(), results.size()));
        }
        for (int i = 0; i < results.size(); i++) {
            types.bind(inside, function.results().get(i), results.get(i).type(), "result " + (i + 1), at);
        }
    }
}
