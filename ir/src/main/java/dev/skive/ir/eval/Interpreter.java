package dev.skive.ir.eval;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
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
        return ImmutableMap.copyOf(Maps.transformValues(evaluate(graph, inputs), Interpreter::tensor));
    }

    private static Tensor tensor(Datum datum) {
        if (datum instanceof Tensor tensor) {
            return tensor;
        }
        throw new SkiveException(ExitCode.USAGE, "expected tensors as outputs, found " + datum.describe());
    }

    /// The outputs for these inputs, by name, sequences and optionals among them.
    ///
    /// @throws SkiveException when an input is missing or does not fit its type
    public ImmutableMap<String, Datum> evaluate(Graph graph, Map<String, ? extends Datum> inputs) {
        Map<String, Long> symbols = new SymbolBinding(graph).bind(inputs);
        var values = new HashMap<Value, Datum>();
        var remaining = new HashMap<Value, Integer>();
        for (Node node : graph.nodes()) {
            ImmutableList<? extends Datum> results = located(graph, node, () -> results(node, inputs, values, symbols));
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
    private static ImmutableList<? extends Datum> located(
            Graph graph, Node node, Supplier<ImmutableList<? extends Datum>> results) {
        try {
            return results.get();
        } catch (SkiveException failure) {
            throw new SkiveException(
                    failure.code(), graph.origin(node), node.op().mnemonic() + ": " + failure.getMessage());
        }
    }

    private ImmutableList<? extends Datum> results(
            Node node, Map<String, ? extends Datum> inputs, Map<Value, Datum> values, Map<String, Long> symbols) {
        return switch (node.op()) {
            case Input(String name, var type) ->
                    ImmutableList.<Datum>of(
                            Optional.<Datum>ofNullable(inputs.get(name))
                                    .orElseThrow(() ->
                                            new SkiveException(ExitCode.USAGE, "no value for input '" + name + "'")));
            case Constant(var data) -> ImmutableList.of(Tensor.of(data));
            default -> apply(node, values, symbols);
        };
    }

    private ImmutableList<? extends Datum> apply(Node node, Map<Value, Datum> values, Map<String, Long> symbols) {
        ImmutableList<Optional<Datum>> operands =
                node.operands().stream()
                        .map(operand -> Optional.ofNullable(values.get(operand)))
                        .collect(ImmutableList.toImmutableList());
        ImmutableList<Datum> results = evaluate(new Evaluation(node, operands, symbols, precision));
        SymbolBinding.bindResults(node, results, symbols);
        return results;
    }

    /// The results of one application, rounded as [#precision()] says.
    public ImmutableList<Datum> evaluate(Evaluation evaluation) {
        return evaluation.node().op().evaluate(evaluation).stream()
                .map(this::round)
                .collect(ImmutableList.toImmutableList());
    }

    private Datum round(Datum datum) {
        return datum instanceof Tensor tensor ? round(tensor) : datum;
    }

    /// The value of a node whose operands are all constants.
    public ImmutableList<Tensor> fold(Node node) {
        if (node.op() instanceof Source) {
            throw new AssertionError("nothing to fold: " + node);
        }
        ImmutableList<Optional<Datum>> operands =
                node.operands().stream()
                        .map(operand -> operand.constant().<Datum>map(Tensor::of))
                        .collect(ImmutableList.toImmutableList());
        return evaluate(new Evaluation(node, operands, new HashMap<>(), precision)).stream()
                .map(Interpreter::tensor)
                .collect(ImmutableList.toImmutableList());
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

    private static void release(Node node, Map<Value, Datum> values, Map<Value, Integer> remaining) {
        for (Value operand : node.operands()) {
            if (!operand.isAbsent() && remaining.merge(operand, -1, Integer::sum) == 0) {
                values.remove(operand);
            }
        }
    }

    private static Datum get(Map<Value, Datum> values, Value value) {
        return Optional.ofNullable(values.get(value)).orElseThrow(() -> new AssertionError("not computed: " + value));
    }
}
