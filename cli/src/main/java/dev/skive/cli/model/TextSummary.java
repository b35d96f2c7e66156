package dev.skive.cli.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Table;
import dev.skive.cli.model.OnnxSummary.Port;
import dev.skive.frontend.lang.Operators;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Nested;
import dev.skive.ir.op.Source;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is in a model in the model language.
///
/// @param file where it was read from
/// @param name the graph's name
/// @param inputs what the caller gives
/// @param outputs what the caller gets
/// @param parameters number of elements of all constants
/// @param parameterBytes bytes they take
/// @param nodes number of nodes that are no constants, those of inner graphs included
/// @param operators number of nodes by operator
public record TextSummary(
        String file,
        String name,
        ImmutableList<Port> inputs,
        ImmutableList<Port> outputs,
        long parameters,
        long parameterBytes,
        int nodes,
        ImmutableSortedMap<String, Integer> operators) {
    /// The summary of a graph.
    ///
    /// @param file where it was read from
    public static TextSummary of(String file, Graph graph) {
        Map<String, Integer> operators = new TreeMap<>();
        long parameters = 0;
        long bytes = 0;
        int count = 0;
        for (Node node : nodes(graph).toList()) {
            if (node.op() instanceof Constant(TensorData data)) {
                parameters += data.count();
                bytes += data.bytes().byteSize();
            } else if (!(node.op() instanceof Source)) {
                operators.merge(Operators.name(node.op()), 1, Integer::sum);
                count++;
            }
        }
        return new TextSummary(
                file,
                graph.name(),
                graph.inputs().stream()
                        .map(value -> new Port(((Input) value.node().op()).name(), value.type().toString()))
                        .collect(ImmutableList.toImmutableList()),
                graph.outputs().entrySet().stream()
                        .map(output -> new Port(output.getKey(), output.getValue().type().toString()))
                        .collect(ImmutableList.toImmutableList()),
                parameters,
                bytes,
                count,
                ImmutableSortedMap.copyOf(operators));
    }

    private static Stream<Node> nodes(Graph graph) {
        return graph.nodes().stream()
                .flatMap(node ->
                        Stream.concat(
                                Stream.of(node),
                                node.op() instanceof Nested nested
                                        ? nested.bodies().stream().flatMap(body -> nodes(body.graph()))
                                        : Stream.empty()));
    }

    /// Prints it.
    public void print(Console console) {
        console.print(file);
        console.print("graph       %s".formatted(name));
        console.print("format      model language");
        inputs.forEach(port -> console.print("input       %s: %s".formatted(port.name(), port.type())));
        outputs.forEach(port -> console.print("output      %s: %s".formatted(port.name(), port.type())));
        console.print("parameters  %,d (%s)".formatted(parameters, Console.bytes(parameterBytes)));
        console.print("nodes       %,d".formatted(nodes));
        console.print("");
        var table = new Table("operator", "nodes");
        operators.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .forEach(operator -> table.row(operator.getKey(), operator.getValue()));
        console.print(table.toString());
        console.print("");
        console.print("skive can compile this model.");
    }
}
