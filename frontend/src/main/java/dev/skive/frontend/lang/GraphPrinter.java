package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.layer.EqualLayers;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Op;
import java.util.List;
import java.util.Optional;

/// Prints graphs in the model language. Equal layers become one function, called once per layer with its weights. Small
/// constants are written out; others are named, and their elements are for a file of weights. The text depends on the graph
/// and the names of its constants only, so that printing what was read back from it gives the same text.
public final class GraphPrinter {
    private final Graph graph;
    private final boolean withOrigins;
    private final Constants constants = new Constants();
    private final Lines lines = new Lines();

    private GraphPrinter(Graph graph, boolean withOrigins) {
        this.graph = graph;
        this.withOrigins = withOrigins;
    }

    /// A graph as text.
    ///
    /// @param weightsFile what the text calls the file of weights, if it needs one
    public static PrintedGraph print(Graph graph, String weightsFile) {
        return new GraphPrinter(graph, false).print(weightsFile);
    }

    /// A graph as text where each statement says which nodes of the model file it stands for. As equal layers stand for
    /// different nodes, there are no functions.
    ///
    /// @param weightsFile what the text calls the file of weights, if it needs one
    public static PrintedGraph printWithOrigins(Graph graph, String weightsFile) {
        return new GraphPrinter(graph, true).print(weightsFile);
    }

    private PrintedGraph print(String weightsFile) {
        graph.nodes().forEach(node -> name(node.result()));
        ImmutableList<EqualLayers> repeated =
                withOrigins
                        ? ImmutableList.of()
                        : EqualLayers.of(graph, this::nameable).stream()
                                .filter(PrintedFunction::canBe)
                                .collect(ImmutableList.toImmutableList());
        var names = new ValueNames(Symbols.of(graph.nodes()));
        ImmutableMap<EqualLayers, PrintedFunction> functions =
                Maps.toMap(repeated, equal -> PrintedFunction.of(equal, names.unique(functionName(equal))));
        functions.values().forEach(function -> function(function, names.within()));
        new BlockPrinter(graph, names, constants, functions, withOrigins)
                .graph("graph " + NameText.print(graph.name()), List.of(), lines);
        ImmutableMap<String, TensorData> weights = constants.weights();
        String head = weights.isEmpty() ? "" : "weights " + NameText.quoted(weightsFile) + "\n\n";
        return new PrintedGraph(head + lines, weights);
    }

    private String functionName(EqualLayers equal) {
        return equal.slots().stream()
                .flatMap(slot -> common(slot).stream())
                .flatMap(common -> common.layer().stream())
                .findFirst()
                .orElse("layer");
    }

    private void function(PrintedFunction function, ValueNames inside) {
        EqualLayers equal = function.equal();
        ImmutableList<Node> layer = equal.layers().getFirst();
        equal.slots().forEach(slot -> inside.give(slot.getFirst(), parameterName(slot)));
        var block = new BlockPrinter(graph, inside, constants, ImmutableMap.of(), false);
        List<Value> values = equal.results().stream().map(result -> result.in(layer)).toList();
        block.wants(values);
        lines.list("fn " + function.name() + "(", function.parameters(inside), ") {");
        lines.deeper();
        Step.inOrder(layer, ImmutableList.of()).forEach(step -> block.statement(step, lines));
        lines.list("return ", values.stream().map(block::operand).toList(), "");
        lines.shallower();
        lines.line("}");
        lines.line("");
    }

    /// The number of weights whose names tell the layers apart.
    private int nameable(EqualLayers equal) {
        return (int) equal.slots().stream().filter(slot -> common(slot).isPresent()).count();
    }

    private String parameterName(ImmutableList<Value> slot) {
        Op op = slot.getFirst().node().op();
        if (op instanceof Constant) {
            return common(slot).map(WeightName.Common::rest).orElse("w");
        }
        if (slot.stream().distinct().count() > 1) {
            return "x";
        }
        return op instanceof Input(String input, var type) ? input : ValueNames.ofOperator(Operators.name(op));
    }

    /// What the names of a weight in all layers have in common.
    private Optional<WeightName.Common> common(ImmutableList<Value> slot) {
        List<String> names = slot.stream().flatMap(value -> name(value).stream()).toList();
        return names.size() == slot.size() ? WeightName.common(names) : Optional.empty();
    }

    /// The name of a constant that is not written out.
    private Optional<String> name(Value value) {
        return value.constant().flatMap(data -> constants.name(data, graph.origin(value.node())));
    }
}
