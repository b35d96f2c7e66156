package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.layer.EqualLayers;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Nested;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Prints the statements of a graph, a function or a closure.
final class BlockPrinter {
    private final Graph graph;
    private final ValueNames names;
    private final Constants constants;
    private final ImmutableMap<EqualLayers, PrintedFunction> functions;
    private final boolean withOrigins;
    private final Set<Value> wanted = new HashSet<>();

    /// A printer within a graph.
    ///
    /// @param names of the values that are printed, parameters included
    /// @param functions names of the functions that layers are calls of
    /// @param withOrigins whether each statement says which nodes of the model file it stands for
    BlockPrinter(
            Graph graph,
            ValueNames names,
            Constants constants,
            ImmutableMap<EqualLayers, PrintedFunction> functions,
            boolean withOrigins) {
        this.graph = graph;
        this.names = names;
        this.constants = constants;
        this.functions = functions;
        this.withOrigins = withOrigins;
    }

    /// Prints a graph from its parameters to its end: `(x: f32[4]) { ... }`.
    ///
    /// @param before what stands before it
    /// @param captured for each of the last inputs, where it comes from
    void graph(String before, List<String> captured, Lines lines) {
        List<String> parameters = new ArrayList<>();
        int given = graph.inputs().size() - captured.size();
        for (int i = 0; i < graph.inputs().size(); i++) {
            String source = i < given ? "" : " = " + captured.get(i - given);
            parameters.add(parameter(graph.inputs().get(i)) + source);
        }
        lines.list(before + "(", parameters, ") {");
        lines.deeper();
        Step.of(graph, functions.keySet().asList()).forEach(step -> statement(step, lines));
        List<String> results =
                graph.outputs().entrySet().stream()
                        .map(output -> NameText.print(output.getKey()) + " = " + operand(output.getValue()))
                        .toList();
        lines.list("return ", results, "");
        lines.shallower();
        lines.line("}");
    }

    private String parameter(Value input) {
        var op = (Input) input.node().op();
        String label =
                names.giveExactly(input, op.name())
                        ? op.name()
                        : names.give(input, op.name()) + " " + NameText.quoted(op.name());
        return label + ": " + TypeText.print(op.type());
    }

    /// Names values even if nothing uses them.
    void wants(List<Value> values) {
        wanted.addAll(values);
    }

    /// Prints a statement.
    void statement(Step step, Lines lines) {
        switch (step) {
            case Step.Apply(Node node) -> apply(node, lines);
            case Step.Layer layer -> call(layer, lines);
        }
    }

    private void call(Step.Layer layer, Lines lines) {
        PrintedFunction function = Optional.ofNullable(functions.get(layer.equal())).orElseThrow();
        List<String> arguments = Stream.concat(function.sizes().stream(), layer.needs().map(this::operand)).toList();
        List<String> targets =
                layer.equal().results().stream()
                        .map(result ->
                                layer.equal().isUsed(graph, layer.number(), result)
                                        ? names.give(result.in(layer.nodes()), "x")
                                        : "_")
                        .toList();
        lines.list(String.join(", ", targets) + " = " + function.name() + "(", arguments, ")");
    }

    private void apply(Node node, Lines lines) {
        ImmutableMap<String, Attribute> attributes = Operators.attributes(node.op());
        List<String> arguments =
                Stream.concat(
                                node.operands().stream().map(this::operand),
                                attributes.entrySet().stream()
                                        .map(entry -> entry.getKey() + "=" + attribute(entry.getValue(), node)))
                        .toList();
        String wish = owner(node).orElseGet(() -> ValueNames.ofOperator(Operators.name(node.op())));
        List<String> targets =
                IntStream.range(0, node.types().size()).mapToObj(i -> target(node.result(i), wish)).toList();
        lines.list(
                String.join(", ", targets) + " = " + Operators.name(node.op()) + "(",
                arguments,
                ")" + (withOrigins ? origin(graph.origin(node)) : ""));
    }

    private static String origin(Origin origin) {
        return " from " + String.join(", ", origin.sources().stream().map(NameText::quoted).toList());
    }

    private String target(Value result, String wish) {
        return graph.useCount(result) == 0 && !wanted.contains(result) ? "_" : names.give(result, wish);
    }

    /// What a node's weights are called after.
    private Optional<String> owner(Node node) {
        return node.operands().stream()
                .flatMap(operand -> operand.constant().stream().flatMap(data -> weightName(operand, data).stream()))
                .flatMap(name -> WeightName.of(name).owner().stream())
                .findFirst();
    }

    private Optional<String> weightName(Value constant, TensorData data) {
        return constants.name(data, graph.origin(constant.node()));
    }

    /// A value in text.
    String operand(Value value) {
        if (value.isAbsent()) {
            return "_";
        }
        Optional<String> name = names.of(value);
        if (name.isPresent()) {
            return name.get();
        }
        if (value.node().op() instanceof Constant(TensorData data)) {
            return constants.text(data, graph.origin(value.node()));
        }
        throw new AssertionError("a value without a name: " + value);
    }

    private String attribute(Attribute attribute, Node node) {
        return attribute instanceof Attribute.Nested(Body body) && node.op() instanceof Nested op
                ? closure(body, op, node)
                : AttributeText.print(attribute);
    }

    private String closure(Body body, Nested op, Node node) {
        var lines = new Lines();
        var inner = new BlockPrinter(body.graph(), names.within(), constants, ImmutableMap.of(), withOrigins);
        inner.graph("", body.captures().stream().map(index -> captured(op, node, index)).toList(), lines);
        return lines.toString().stripTrailing();
    }

    /// A captured operand: by name where it is the first of them that is this value, otherwise by its number.
    private String captured(Nested op, Node node, int index) {
        int first = op.firstCapture();
        int found = node.operands().subList(first, node.operands().size()).indexOf(node.operand(index));
        return first + found == index ? operand(node.operand(index)) : Integer.toString(index);
    }
}
