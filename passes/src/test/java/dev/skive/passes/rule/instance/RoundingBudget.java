package dev.skive.passes.rule.instance;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.DataMovement;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Reduction;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/// How far rounding may move the outputs of a graph, measured rather than guessed: every real result on the way is
/// disturbed at random by the rounding errors that go into it, as many as its reduction is long, and what that does to the
/// outputs is the budget. So cancellation, division by small numbers and long sums count as much as they do in this graph
/// for these inputs.
///
/// @param graph what is evaluated
/// @param inputs its inputs
/// @param random directions of the errors
record RoundingBudget(Graph graph, Inputs inputs, Random random) {
    /// Runs with errors of random directions; the worst of them counts.
    private static final int RUNS = 3;

    /// The worst direction of all errors against the worst of [#RUNS] random ones.
    private static final double MARGIN = 8;

    /// Disturbances in double precision are larger than the errors they stand for, so that they are seen, and small enough
    /// to stay linear.
    private static final double SCALE = 0x1p20;

    /// Operations on one element in the longest elementwise formulas.
    private static final int FORMULA = 16;

    /// How far an evaluator may be off that rounds every operation.
    ///
    /// @param plain the outputs without errors
    /// @param precision of the evaluator: double throughout, or each result rounded to its type
    /// @return the largest error of an element, by output
    Map<String, Double> ofOperations(Map<String, Tensor> plain, Precision precision) {
        boolean isDouble = precision == Precision.DOUBLE;
        double scale = isDouble ? SCALE : 1;
        Map<String, Double> moved =
                moved(
                        plain,
                        (node, result) ->
                                node.op() instanceof Input || node.op() instanceof Constant
                                        ? result
                                        : disturbed(
                                                result,
                                                operations(node, result)
                                                        * scale
                                                        * unit(isDouble ? ElementType.FLOAT64 : result.element())));
        moved.replaceAll((name, most) -> MARGIN * most / scale);
        return moved;
    }

    /// How far constants that are not quite right may move the outputs.
    ///
    /// @param error the largest error of a constant relative to its largest element; 0 for one that is right
    Map<String, Double> ofConstants(Map<String, Tensor> plain, ToDoubleFunction<TensorData> error) {
        Map<String, Double> moved =
                moved(
                        plain,
                        (node, result) ->
                                node.op() instanceof Constant(TensorData data)
                                        ? shifted(result, error.applyAsDouble(data))
                                        : result);
        moved.replaceAll((name, most) -> MARGIN * most);
        return moved;
    }

    /// The distance between 1 and the next number of a type, halved.
    static double unit(ElementType element) {
        return element == ElementType.FLOAT64 ? 0x1p-53 : Math.scalb(1.0, -1 - FloatFormat.of(element).mantissaBits());
    }

    private Map<String, Double> moved(Map<String, Tensor> plain, Run.Disturbance disturbance) {
        var moved = new HashMap<String, Double>();
        for (int run = 0; run < RUNS; run++) {
            Map<String, Tensor> outputs = Run.of(graph, inputs, disturbance).outputs();
            plain.forEach((name, tensor) ->
                    moved.merge(name, distance(tensor, Objects.requireNonNull(outputs.get(name))), Math::max));
        }
        return moved;
    }

    /// The largest difference of two elements; infinite when sizes differ or a number is not finite in one of them only.
    static double distance(Tensor expected, Tensor found) {
        double largest = 0;
        if (!expected.type().equals(found.type())) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < expected.reals().length; i++) {
            double difference = Math.abs(expected.reals()[i] - found.reals()[i]);
            boolean same = Double.compare(expected.reals()[i], found.reals()[i]) == 0;
            largest =
                    same
                            ? largest
                            : Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        }
        return largest;
    }

    private Tensor disturbed(Tensor result, double relative) {
        double[] reals = result.reals().clone();
        for (int i = 0; i < reals.length; i++) {
            reals[i] *= 1 + (random.nextBoolean() ? relative : -relative);
        }
        return Tensor.ofReals(result.element(), reals, result.sizes());
    }

    private Tensor shifted(Tensor constant, double relative) {
        double[] reals = constant.reals().clone();
        double absolute = relative * Arrays.stream(reals).map(Math::abs).max().orElse(0);
        for (int i = 0; i < reals.length; i++) {
            reals[i] += random.nextBoolean() ? absolute : -absolute;
        }
        return Tensor.ofReals(constant.element(), reals, constant.sizes());
    }

    /// How many operations an element of a result takes.
    private static double operations(Node node, Tensor result) {
        return switch (node.op()) {
            case DataMovement moved -> 0;
            case Elementwise formula -> FORMULA;
            case Reduction folded -> FORMULA + (double) elements(node.operand(0), result) / Math.max(1, result.count());
            // Every element of every operand may go into each element of the result.
            default -> FORMULA + node.operands().stream().mapToDouble(operand -> elements(operand, result)).sum();
        };
    }

    /// The number of elements of an operand, as far as it is known; as many as the result's when it is not.
    private static long elements(Value operand, Tensor result) {
        return operand.type() instanceof TensorType type
                ? type.shape().elementCount().ifKnown().orElse(result.count())
                : 1;
    }
}
