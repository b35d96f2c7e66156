package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One evaluation of a graph in double precision, every result of which may be disturbed.
///
/// @param outputs the outputs by name
/// @param isFinite whether every real number on the way was finite
record Run(ImmutableMap<String, Tensor> outputs, boolean isFinite) {
    /// Disturbs a result.
    @FunctionalInterface
    interface Disturbance {
        /// What a result becomes.
        Tensor disturb(Node node, Tensor result);
    }

    /// Evaluates a graph.
    ///
    /// @throws dev.skive.ir.SkiveException when it cannot be evaluated for these inputs
    static Run of(Graph graph, Inputs inputs, Disturbance disturbance) {
        var known = new HashMap<String, Long>(inputs.symbols());
        var values = new HashMap<Value, Datum>();
        boolean isFinite = true;
        for (Node node : graph.nodes()) {
            ImmutableList<Datum> results = results(node, inputs.tensors(), values, known);
            for (int i = 0; i < results.size(); i++) {
                Datum result = results.get(i);
                if (result instanceof Tensor tensor) {
                    bind(node.types().get(i), tensor, known);
                    isFinite &= Arrays.stream(tensor.reals()).allMatch(Double::isFinite);
                    result = tensor.element().isReal() ? disturbance.disturb(node, tensor) : tensor;
                }
                values.put(node.result(i), result);
            }
        }
        var outputs = ImmutableMap.<String, Tensor>builder();
        graph.outputs()
                .forEach((name, value) -> {
                    if (values.get(value) instanceof Tensor tensor) {
                        outputs.put(name, tensor);
                    }
                });
        return new Run(outputs.buildOrThrow(), isFinite);
    }

    private static ImmutableList<Datum> results(
            Node node, Map<String, Tensor> inputs, Map<Value, Datum> values, Map<String, Long> symbols) {
        return switch (node.op()) {
            case Input(String name, var type) -> ImmutableList.of(Optional.ofNullable(inputs.get(name)).orElseThrow());
            case Constant(var data) -> ImmutableList.of(Tensor.of(data));
            default -> {
                ImmutableList<Optional<Datum>> operands =
                        node.operands().stream()
                                .map(operand -> Optional.ofNullable(values.get(operand)))
                                .collect(ImmutableList.toImmutableList());
                var evaluation = new Evaluation(node, operands, symbols, Precision.DOUBLE);
                yield new Interpreter(Precision.DOUBLE).evaluate(evaluation);
            }
        };
    }

    /// Learns the sizes that only this run could tell.
    private static void bind(Type type, Tensor found, Map<String, Long> symbols) {
        if (type instanceof TensorType(var element, var shape)) {
            for (int axis = 0; axis < shape.rank(); axis++) {
                long size = found.size(axis);
                shape.dim(axis).asSymbol().ifPresent(name -> symbols.putIfAbsent(name, size));
            }
        }
    }
}
