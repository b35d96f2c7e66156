package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the interpreter gives for a graph in double precision, and how far float arithmetic may be from it.
///
/// @param values the value of each output
/// @param bounds how far each element of it may be off
record Expected(ImmutableMap<String, Tensor> values, ImmutableMap<String, Tensor> bounds) {
    /// Evaluates every node and follows the errors through the graph.
    static Expected of(Graph graph, Map<String, Tensor> inputs, Map<String, Long> symbols) {
        Map<Value, Tensor> values = evaluate(graph, inputs);
        var bounds = new HashMap<Value, Tensor>();
        for (Node node : graph.nodes()) {
            var evaluation = Evaluation.of(node, present(node, values), symbols);
            bounds.put(
                    node.result(),
                    new ErrorBound(evaluation, present(node, bounds), get(values, node.result())).result());
        }
        var expected = ImmutableMap.<String, Tensor>builder();
        var allowed = ImmutableMap.<String, Tensor>builder();
        graph.outputs()
                .forEach((name, value) -> {
                    expected.put(name, get(values, value));
                    allowed.put(name, get(bounds, value));
                });
        return new Expected(expected.buildOrThrow(), allowed.buildOrThrow());
    }

    private static Map<Value, Tensor> evaluate(Graph graph, Map<String, Tensor> inputs) {
        GraphBuilder all = graph.rebuild();
        for (Node node : graph.nodes()) {
            all.adopt(node, graph.origin(node));
            all.output("value " + graph.position(node), node.result());
        }
        var outputs = new Interpreter(Precision.DOUBLE).run(all.build(), inputs);
        var values = new HashMap<Value, Tensor>();
        for (Node node : graph.nodes()) {
            values.put(node.result(), outputs.get("value " + graph.position(node)));
        }
        return values;
    }

    private static ImmutableList<Optional<Tensor>> present(Node node, Map<Value, Tensor> values) {
        return node.operands().stream()
                .map(operand -> Optional.ofNullable(values.get(operand)))
                .collect(ImmutableList.toImmutableList());
    }

    private static Tensor get(Map<Value, Tensor> values, Value value) {
        return Optional.ofNullable(values.get(value)).orElseThrow();
    }

    /// What is wrong with an output, in words; empty when nothing is.
    Optional<String> mistake(String output, Tensor actual) {
        Tensor exact = Optional.ofNullable(values.get(output)).orElseThrow();
        if (actual.element() != exact.element() || !actual.shape().equals(exact.shape())) {
            return Optional.of("%s is %s instead of %s".formatted(output, actual, exact));
        }
        Tensor bound = Optional.ofNullable(bounds.get(output)).orElseThrow();
        for (int i = 0; i < exact.count(); i++) {
            boolean right =
                    exact.element().isReal()
                            ? close(actual, i, exact.reals()[i], bound.reals()[i])
                            : actual.integers()[i] == exact.integers()[i];
            if (!right) {
                return Optional.of(
                        "%s%s differs at %d: %s instead of %s, bound %s"
                                .formatted(output, exact, i, at(actual, i), at(exact, i), at(bound, i)));
            }
        }
        return Optional.empty();
    }

    private static String at(Tensor tensor, int i) {
        return tensor.element().isReal() ? "" + tensor.reals()[i] : "" + tensor.integers()[i];
    }

    private static boolean close(Tensor actual, int i, double exact, double bound) {
        double found = actual.reals()[i];
        if (Double.isNaN(exact) || Double.isNaN(found)) {
            return Double.isNaN(exact) == Double.isNaN(found);
        }
        if (Double.isInfinite(found)) {
            return found == exact || Math.abs(exact) + bound >= greatest(actual.element());
        }
        return Math.abs(found - exact) <= bound + least(actual.element());
    }

    /// Anything beyond rounds to infinity.
    private static double greatest(ElementType element) {
        return switch (element) {
            case FLOAT32 -> Float.MAX_VALUE;
            case FLOAT16 -> 65504;
            default -> Double.MAX_VALUE;
        };
    }

    /// Vector kernels may flush smaller results to zero.
    private static double least(ElementType element) {
        return element == ElementType.FLOAT16 ? 0x1p-14 : Float.MIN_NORMAL;
    }
}
