package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Position;
import dev.skive.grammar.tree.Statement;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out statements. After an error the statements that do not depend on it are read on, to find more errors.
final class Statements {
    private final Reading reading;
    private final Expressions expressions;

    Statements(Reading reading, Expressions expressions) {
        this.reading = reading;
        this.expressions = expressions;
    }

    /// The results of a function.
    ///
    /// @param at where the function stands
    ImmutableList<Value> results(Frame frame, List<Statement> statements, Position at) {
        var results = ImmutableList.<Value>builder();
        Statement.Return last = run(frame, statements, at);
        for (Statement.Result result : last.results()) {
            results.add(expressions.value(frame, result.value(), Origin.of(withoutEnd(frame.path()))));
        }
        return results.build();
    }

    private static String withoutEnd(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /// The results of a graph by their names: those that are given, else those of the values.
    ///
    /// @param at where the graph stands
    ImmutableMap<String, Value> outputs(Frame frame, List<Statement> statements, Position at) {
        Statement.Return last = run(frame, statements, at);
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (Statement.Result result : last.results()) {
            String name = name(frame, result, last.results().size());
            Value value = expressions.value(frame, result.value(), frame.origin(name));
            if (outputs.putIfAbsent(name, value) != null) {
                throw reading.error(
                        frame,
                        result.position(),
                        "two results are called '%s'; give one another name: return a = ..., b = ...".formatted(name));
            }
        }
        return ImmutableMap.copyOf(outputs);
    }

    private String name(Frame frame, Statement.Result result, int count) {
        return result.name()
                .or(() ->
                        result.value() instanceof Expression.Name(Position at, String name)
                                ? Optional.of(name)
                                : Optional.empty())
                .or(() -> count == 1 ? Optional.of("output") : Optional.empty())
                .orElseThrow(() -> reading.error(frame, result.position(), "this result needs a name: return y = ..."));
    }

    private Statement.Return run(Frame frame, List<Statement> statements, Position at) {
        for (int i = 0; i < statements.size() - 1; i++) {
            if (statements.get(i) instanceof Statement.Return early) {
                throw reading.error(frame, early.position(), "'return' must be the last statement");
            }
        }
        if (statements.isEmpty() || !(statements.getLast() instanceof Statement.Return last)) {
            throw reading.error(frame, at, "the last statement must be 'return', with the results");
        }
        statements.subList(0, statements.size() - 1).forEach(statement -> run(frame, statement));
        return last;
    }

    private void run(Frame frame, Statement statement) {
        reading.step();
        switch (statement) {
            case Statement.Let let -> let(frame, let);
            case Statement.Assignment assignment -> assign(frame, assignment);
            case Statement.Repetition repetition -> repeat(frame, repetition);
            case Statement.Return early ->
                    throw reading.error(frame, early.position(), "'return' cannot stand in a repetition");
        }
    }

    private void let(Frame frame, Statement.Let let) {
        Meaning meaning;
        try {
            meaning = new Meaning.Known(expressions.attribute(frame, let.value(), Unknown.IS_ERROR));
        } catch (TextError error) {
            reading.report(error);
            meaning = new Meaning.Unclear();
        } catch (ReportedError reported) {
            meaning = new Meaning.Unclear();
        }
        frame.scope().define(let.name(), meaning);
    }

    private void assign(Frame frame, Statement.Assignment assignment) {
        ImmutableList<Statement.Target> targets = assignment.targets();
        try {
            Meaning meaning = expressions.operand(frame, assignment.value(), origin(frame, assignment));
            if (targets.size() == 1 && meaning instanceof Meaning.Known(Attribute attribute)) {
                throw reading.error(
                        frame,
                        assignment.value().position(),
                        "%s is no value of the graph; write: let %s = %s, or a constant: f32[] { 1 }"
                                .formatted(
                                        AttributeText.print(attribute),
                                        targets.getFirst().name().orElse("x"),
                                        AttributeText.print(attribute)));
            }
            ImmutableList<Value> values =
                    meaning instanceof Meaning.Results(ImmutableList<Value> results)
                            ? results
                            : ImmutableList.of(expressions.single(frame, assignment.value(), meaning));
            if (values.size() != targets.size()) {
                throw reading.error(frame, assignment.position(), count(values.size(), targets.size()));
            }
            for (int i = 0; i < values.size(); i++) {
                Value value = values.get(i);
                targets.get(i).name().ifPresent(name -> frame.scope().assign(name, Meaning.of(value)));
            }
        } catch (TextError error) {
            reading.report(error);
            forget(frame, targets);
        } catch (ReportedError reported) {
            forget(frame, targets);
        }
    }

    private static String count(int values, int names) {
        return "%d value%s for %d name%s%s"
                .formatted(
                        values,
                        values == 1 ? "" : "s",
                        names,
                        names == 1 ? "" : "s",
                        values > names ? "; '_' stands for a value that is not wanted" : "");
    }

    private static void forget(Frame frame, List<Statement.Target> targets) {
        targets.forEach(target -> target.name().ifPresent(name -> frame.scope().assign(name, new Meaning.Unclear())));
    }

    private static Origin origin(Frame frame, Statement.Assignment assignment) {
        if (!assignment.origins().isEmpty()) {
            return assignment.origins().stream().map(Origin::of).reduce(Origin::merge).orElseThrow();
        }
        return frame.origin(
                assignment.targets().stream().flatMap(target -> target.name().stream()).findFirst().orElse("_"));
    }

    private void repeat(Frame frame, Statement.Repetition repetition) {
        long from;
        long to;
        try {
            from = number(frame, repetition.from());
            to = number(frame, repetition.to());
        } catch (TextError error) {
            reading.report(error);
            return;
        }
        for (long round = from; round < to; round++) {
            reading.step();
            Scope scope = frame.scope().round();
            scope.define(repetition.counter(), new Meaning.Known(new Attribute.Whole(round)));
            Frame inside = frame.round(scope, round);
            repetition.body().forEach(statement -> run(inside, statement));
        }
    }

    private long number(Frame frame, Expression expression) {
        Dim size = expressions.size(frame, expression, Unknown.IS_ERROR);
        if (!size.isKnown()) {
            throw reading.error(
                    frame,
                    expression.position(),
                    "the bounds of a repetition are numbers, found the size %s".formatted(size));
        }
        return size.known();
    }
}
