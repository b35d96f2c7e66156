package dev.skive.ir.eval;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Evaluates graphs node by node with the operators' own definitions. Slow and obviously right: it folds constants and
/// settles who is right when two engines differ. Values are dropped after their last use.
///
/// @param precision what happens to real results
public record Interpreter(Precision precision) {
    /// The outputs for these inputs, by name.
    ///
    /// @throws SkiveException when an input is missing or does not fit its type
    public ImmutableMap<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
        Map<String, Long> symbols = new SymbolBinding(graph).bind(inputs);
        var values = new HashMap<Value, Tensor>();
        var remaining = new HashMap<Value, Integer>();
        for (Node node : graph.nodes()) {
            ImmutableList<Tensor> results = located(graph, node, () -> results(node, inputs, values, symbols));
            for (int i = 0; i < results.size(); i++) {
                values.put(node.result(i), results.get(i));
                remaining.put(node.result(i), graph.useCount(node.result(i)));
            }
            release(node, values, remaining);
        }
        return graph.outputs().entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, entry -> get(values, entry.getValue())));
    }

    /// Failures name the node they happened at.
    private static ImmutableList<Tensor> located(Graph graph, Node node, Supplier<ImmutableList<Tensor>> results) {
        try {
            return results.get();
        } catch (SkiveException failure) {
            throw new SkiveException(
                    failure.code(), graph.origin(node), node.op().mnemonic() + ": " + failure.getMessage());
        }
    }

    private ImmutableList<Tensor> results(
            Node node, Map<String, Tensor> inputs, Map<Value, Tensor> values, Map<String, Long> symbols) {
        return switch (node.op()) {
            case Input(String name, var type) ->
                    ImmutableList.of(
                            Optional.ofNullable(inputs.get(name))
                                    .orElseThrow(() ->
                                            new SkiveException(ExitCode.USAGE, "no value for input '" + name + "'")));
            case Constant(var data) -> ImmutableList.of(Tensor.of(data));
            default -> apply(node, values, symbols);
        };
    }

    private ImmutableList<Tensor> apply(Node node, Map<Value, Tensor> values, Map<String, Long> symbols) {
        ImmutableList<Optional<Tensor>> operands =
                node.operands().stream()
                        .map(operand -> Optional.ofNullable(values.get(operand)))
                        .collect(ImmutableList.toImmutableList());
        ImmutableList<Tensor> results = evaluate(new Evaluation(node, operands, symbols));
        SymbolBinding.bindResults(node, results, symbols);
        return results;
    }

    /// The results of one application, rounded as [#precision()] says.
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        return evaluation.node().op().evaluate(evaluation).stream()
                .map(this::round)
                .collect(ImmutableList.toImmutableList());
    }

    /// The value of a node whose operands are all constants.
    public ImmutableList<Tensor> fold(Node node) {
        if (node.op() instanceof Source) {
            throw new AssertionError("nothing to fold: " + node);
        }
        ImmutableList<Optional<Tensor>> operands =
                node.operands().stream()
                        .map(operand -> operand.constant().map(Tensor::of))
                        .collect(ImmutableList.toImmutableList());
        return evaluate(new Evaluation(node, operands, new HashMap<>()));
    }

    private Tensor round(Tensor tensor) {
        if (precision == Precision.DOUBLE || !tensor.element().isReal() || tensor.element() == ElementType.FLOAT64) {
            return tensor;
        }
        var rounded = new double[tensor.reals().length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] =
                    tensor.element() == ElementType.FLOAT32
                            ? (float) tensor.reals()[i]
                            : FloatFormat.of(tensor.element()).round(tensor.reals()[i]);
        }
        return Tensor.ofReals(tensor.element(), rounded, tensor.sizes());
    }

    private static void release(Node node, Map<Value, Tensor> values, Map<Value, Integer> remaining) {
        for (Value operand : node.operands()) {
            if (!operand.isAbsent() && remaining.merge(operand, -1, Integer::sum) == 0) {
                values.remove(operand);
            }
        }
    }

    private static Tensor get(Map<Value, Tensor> values, Value value) {
        return Optional.ofNullable(values.get(value)).orElseThrow(() -> new AssertionError("not computed: " + value));
    }
}
