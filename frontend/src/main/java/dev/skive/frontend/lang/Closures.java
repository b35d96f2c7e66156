package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.skive.frontend.onnx.Limit;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.Parameter;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Body;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The graphs that one application of an operator runs. What a graph takes from outside are parameters with a value, and
/// whatever else it mentions; these values become operands after those that are given, or are such operands already.
final class Closures {
    private final Reading reading;
    private final Expressions expressions;
    private final Frame frame;
    private final Expression.Call call;
    private final List<Meaning> operands;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    /// A graph before the places of its operands are known.
    ///
    /// @param graph the graph
    /// @param taken what it takes from outside, in the order of its inputs
    private record Draft(Graph graph, List<Taken> taken) {}

    /// A value from outside.
    ///
    /// @param value the value
    /// @param place which operand it is, when that is said
    private record Taken(Value value, OptionalInt place) {}

    Closures(Reading reading, Expressions expressions, Frame frame, Expression.Call call, List<Meaning> operands) {
        this.reading = reading;
        this.expressions = expressions;
        this.frame = frame;
        this.call = call;
        this.operands = operands;
    }

    /// Reads a graph; [#complete] says later which operands it takes.
    Attribute read(String name, Expression.Closure closure) {
        reading.limits().require(Limit.NESTING, frame.depth() + 1L, "'%s'".formatted(call.name()));
        var builder = new GraphBuilder(name);
        var taken = new ArrayList<Taken>();
        var known = new HashMap<Value, Value>();
        Scope scope = frame.scope().closure((called, meaning) -> inside(builder, called, meaning, taken, known));
        Frame inside = frame.within(builder, scope);
        for (Parameter parameter : closure.parameters()) {
            Value input = input(inside, parameter, taken);
            scope.define(parameter.name(), Meaning.of(input));
        }
        var statements = new Statements(reading, expressions);
        statements.outputs(inside, closure.body(), closure.position()).forEach(builder::output);
        Graph graph = builder.build();
        drafts.put(name, new Draft(graph, taken));
        return new Attribute.Nested(new Body(graph, ImmutableList.of()));
    }

    private Value input(Frame inside, Parameter parameter, List<Taken> taken) {
        String name = parameter.label().orElse(parameter.name());
        if (parameter.otherwise().isEmpty()) {
            if (!taken.isEmpty()) {
                throw reading.error(
                        frame,
                        parameter.position(),
                        "parameters that take a value from outside stand after the others");
            }
            Type type =
                    expressions
                            .types()
                            .type(
                                    inside,
                                    parameter
                                            .type()
                                            .orElseThrow(() ->
                                                    reading.error(
                                                            frame,
                                                            parameter.position(),
                                                            "'%s' needs a type".formatted(parameter.name()))));
            return reading.input(inside, parameter, name, type);
        }
        Taken outside = taken(parameter, parameter.otherwise().get());
        taken.add(outside);
        Type type =
                parameter
                        .type()
                        .map(written -> expressions.types().type(inside, written))
                        .orElse(outside.value().type());
        return reading.input(inside, parameter, name, type);
    }

    /// A value from outside; a whole number says which operand it is.
    private Taken taken(Parameter parameter, Expression written) {
        if (!(written instanceof Expression.Numeral number && number.isWhole())) {
            return new Taken(expressions.value(frame, written, frame.origin(parameter.name())), OptionalInt.empty());
        }
        Integer place = Ints.tryParse(number.text());
        if (place == null
                || place >= operands.size()
                || !(operands.get(place) instanceof Meaning.Results(ImmutableList<Value> values))) {
            throw reading.error(
                    frame,
                    written.position(),
                    "there is no operand %s; '%s' has %d".formatted(number.text(), call.name(), operands.size()));
        }
        return new Taken(values.getFirst(), OptionalInt.of(place));
    }

    /// What a meaning outside is inside: a value becomes an input.
    private static Meaning inside(
            GraphBuilder builder, String name, Meaning meaning, List<Taken> taken, Map<Value, Value> known) {
        if (!(meaning instanceof Meaning.Results(ImmutableList<Value> values))) {
            return meaning;
        }
        return new Meaning.Results(
                values.stream()
                        .map(value ->
                                known.computeIfAbsent(
                                        value,
                                        outside -> {
                                            taken.add(new Taken(outside, OptionalInt.empty()));
                                            return builder.input(name + "." + taken.size(), outside.type());
                                        }))
                        .collect(ImmutableList.toImmutableList()));
    }

    /// Adds what the graphs take to the operands, and the types of the results to the attributes when the graphs tell them.
    ///
    /// @param given the attributes, with the graphs that were read
    void complete(Map<String, Attribute> given) {
        int first = firstCaptured(given);
        drafts.forEach((name, draft) -> {
            var captures = ImmutableList.<Integer>builder();
            for (Taken taken : draft.taken()) {
                captures.add(taken.place().orElseGet(() -> place(taken.value(), first)));
            }
            given.put(name, new Attribute.Nested(new Body(draft.graph(), captures.build())));
        });
        Draft branch = drafts.get("yes");
        if (branch != null && call.name().equals("If")) {
            given.putIfAbsent("types", types(new Body(branch.graph(), ImmutableList.of()).results()));
        }
    }

    private static Attribute types(List<Type> types) {
        return new Attribute.Items(types.stream().map(Attribute.Typed::new).collect(ImmutableList.toImmutableList()));
    }

    /// The first operand that a graph can take: a branch takes neither the condition, nor a loop its states.
    private int firstCaptured(Map<String, Attribute> given) {
        return switch (call.name()) {
            case "If" -> 1;
            case "Loop" -> given.get("states") instanceof Attribute.Whole(long states) ? (int) (2 + states) : 2;
            default -> 0;
        };
    }

    private int place(Value taken, int first) {
        Meaning wanted = Meaning.of(taken);
        for (int i = first; i < operands.size(); i++) {
            if (operands.get(i).equals(wanted)) {
                return i;
            }
        }
        operands.add(wanted);
        return operands.size() - 1;
    }
}
