package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
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

/// The graphs that one application of an operator runs. What a graph takes from outside are parameters with a value, and
/// whatever else it mentions; these values become operands after those that are given, or are such operands already.
final class Closures {
    private final Reading reading;
    private final Expressions expressions;
    private final Frame frame;
    private final Expression.Call call;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    /// A graph before the places of its operands are known.
    ///
    /// @param graph the graph
    /// @param taken what it takes from outside, in the order of its inputs
    private record Draft(Graph graph, List<Value> taken) {}

    Closures(Reading reading, Expressions expressions, Frame frame, Expression.Call call) {
        this.reading = reading;
        this.expressions = expressions;
        this.frame = frame;
        this.call = call;
    }

    /// Reads a graph; [#complete] says later which operands it takes.
    Attribute read(String name, Expression.Closure closure) {
        reading.limits().require(Limit.NESTING, frame.depth() + 1L, "'%s'".formatted(call.name()));
        var builder = new GraphBuilder(name);
        var taken = new ArrayList<Value>();
        var known = new HashMap<Value, Value>();
        Scope scope =
                frame.scope().closure((called, meaning) -> inside(builder, called, meaning, taken, known));
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

    private Value input(Frame inside, Parameter parameter, List<Value> taken) {
        String name = parameter.label().orElse(parameter.name());
        if (parameter.otherwise().isEmpty()) {
            if (!taken.isEmpty()) {
                throw reading.error(
                        frame, parameter.position(), "parameters that take a value from outside stand after the others");
            }
            Type type =
                    expressions.types()
                            .type(
                                    inside,
                                    parameter.type().orElseThrow(() ->
                                            reading.error(
                                                    frame,
                                                    parameter.position(),
                                                    "'%s' needs a type".formatted(parameter.name()))));
            return reading.input(inside, parameter, name, type);
        }
        Value outside = expressions.value(frame, parameter.otherwise().get(), frame.origin(parameter.name()));
        taken.add(outside);
        Type type = parameter.type().map(written -> expressions.types().type(inside, written)).orElse(outside.type());
        return reading.input(inside, parameter, name, type);
    }

    /// What a meaning outside is inside: a value becomes an input.
    private static Meaning inside(
            GraphBuilder builder, String name, Meaning meaning, List<Value> taken, Map<Value, Value> known) {
        if (!(meaning instanceof Meaning.Results(ImmutableList<Value> values))) {
            return meaning;
        }
        return new Meaning.Results(
                values.stream()
                        .map(value -> known.computeIfAbsent(value, outside -> {
                            taken.add(outside);
                            return builder.input(name + "." + taken.size(), outside.type());
                        }))
                        .collect(ImmutableList.toImmutableList()));
    }

    /// Adds what the graphs take to the operands, and the types of the results to the attributes when the graphs tell them.
    ///
    /// @param given the attributes, with the graphs that were read
    void complete(Map<String, Attribute> given, List<Meaning> operands) {
        int first = firstCaptured(given);
        drafts.forEach((name, draft) -> {
            var captures = ImmutableList.<Integer>builder();
            for (Value taken : draft.taken()) {
                captures.add(place(taken, operands, first));
            }
            given.put(name, new Attribute.Nested(new Body(draft.graph(), captures.build())));
        });
        Draft branch = drafts.get("yes");
        if (branch != null && call.name().equals("If")) {
            given.putIfAbsent("types", types(new Body(branch.graph(), ImmutableList.of()).results()));
        }
    }

    private static Attribute types(List<Type> types) {
        return new Attribute.Items(
                types.stream().map(Attribute.Typed::new).collect(ImmutableList.toImmutableList()));
    }

    /// The first operand that a graph can take: a branch takes neither the condition, nor a loop its states.
    private int firstCaptured(Map<String, Attribute> given) {
        return switch (call.name()) {
            case "If" -> 1;
            case "Loop" -> given.get("states") instanceof Attribute.Whole(long states) ? (int) (2 + states) : 2;
            default -> 0;
        };
    }

    private static int place(Value taken, List<Meaning> operands, int first) {
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
