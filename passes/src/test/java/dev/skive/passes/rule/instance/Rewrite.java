package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Constant;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a rule made of a graph, and inputs for both. The two sides are held against each other under the rule's contract:
///
/// - Exact: the same bits, all NaNs counted as one, when every result is rounded to its element type.
/// - Reassociating: in double precision, as far apart as rounding explains ([RoundingBudget]). It is about numbers, so it
///   says nothing where the side before leaves them.
///
/// @param contract what was promised
/// @param isTolerant whether numbers in the graph match those of the rule up to the rounding of a model file
/// @param before the graph before
/// @param after the graph after
/// @param inputs inputs of both
public record Rewrite(Contract contract, boolean isTolerant, Graph before, Graph after, Inputs inputs) {
    private static final Run.Disturbance NONE = (node, result) -> result;

    /// The digits to which the constants of a model file are compared with those of a rule.
    private static final double SIX_DIGITS = 1e-6;

    /// Roundings on the way to an element of a constant that a rule computes.
    private static final double FOLDED_OPERATIONS = 4;

    /// True when the same bits were promised.
    public boolean isExact() {
        return contract.equals(Exactness.EXACT);
    }

    /// What the interpreter says.
    Verdict verdict(Random random) {
        return isExact() ? exact() : reassociating(random);
    }

    private Verdict exact() {
        var interpreter = new Interpreter(Precision.DECLARED);
        ImmutableMap<String, Tensor> expected;
        try {
            expected = interpreter.run(before, inputs.tensors());
        } catch (SkiveException impossible) {
            return new Verdict.Open(String.valueOf(impossible.getMessage()));
        }
        try {
            ImmutableMap<String, Tensor> found = interpreter.run(after, inputs.tensors());
            return found.equals(expected) ? new Verdict.Kept() : new Verdict.Broken(difference(expected, found));
        } catch (SkiveException failure) {
            return new Verdict.Broken("the replacement fails: " + failure.getMessage());
        }
    }

    private Verdict reassociating(Random random) {
        Run expected;
        try {
            expected = Run.of(before, inputs, NONE);
        } catch (SkiveException impossible) {
            return new Verdict.Open(String.valueOf(impossible.getMessage()));
        }
        if (!expected.isFinite()) {
            return new Verdict.Open("not finite");
        }
        try {
            ImmutableMap<String, Tensor> found = Run.of(after, inputs, NONE).outputs();
            return found.equals(expected.outputs())
                    ? new Verdict.Kept()
                    : within(expected.outputs(), found, budget(Precision.DOUBLE, random));
        } catch (SkiveException failure) {
            return new Verdict.Broken("the replacement fails: " + failure.getMessage());
        }
    }

    /// The outputs of the side before, as exact as doubles make them.
    ///
    /// @throws SkiveException when it cannot be evaluated for these inputs
    public ImmutableMap<String, Tensor> truth() {
        return Run.of(before, inputs, NONE).outputs();
    }

    /// Whether outputs are no further from those expected than a budget allows; what is not real must be equal.
    public static Verdict within(Map<String, Tensor> expected, Map<String, Tensor> found, Map<String, Double> budget) {
        for (Map.Entry<String, Tensor> output : expected.entrySet()) {
            String name = output.getKey();
            Tensor tensor = output.getValue();
            Tensor other = found.getOrDefault(name, Tensor.zeros(tensor.element(), 0));
            double distance = RoundingBudget.distance(tensor, other);
            double allowed = budget.getOrDefault(name, 0.0);
            boolean isClose = tensor.element().isReal() ? distance <= allowed : tensor.equals(other);
            if (!isClose) {
                return new Verdict.Broken(
                        "%s; it is off by %s, rounding explains %s"
                                .formatted(difference(expected, found), distance, allowed));
            }
        }
        return new Verdict.Kept();
    }

    /// The largest difference of two elements; infinite when the sizes differ, or a number is not finite in one of them only.
    public static double distance(Tensor expected, Tensor found) {
        return RoundingBudget.distance(expected, found);
    }

    /// How far apart the sides may be: both round every operation; constants of the model may differ from those of the rule
    /// in digits that are not compared; and constants that the rule computed were rounded to their element type.
    public Map<String, Double> budget(Precision precision, Random random) {
        var first = new RoundingBudget(before, inputs, random);
        var second = new RoundingBudget(after, inputs, random);
        ImmutableMap<String, Tensor> expected = truth();
        ImmutableMap<String, Tensor> found = Run.of(after, inputs, NONE).outputs();
        Set<TensorData> given = before.nodes().stream().flatMap(Rewrite::data).collect(Collectors.toSet());
        var budget = new HashMap<String, Double>();
        Stream.of(
                        first.ofOperations(expected, precision),
                        second.ofOperations(found, precision),
                        first.ofConstants(expected, data -> isTolerant ? Math.max(SIX_DIGITS, unit(data)) : 0),
                        second.ofConstants(found, data -> given.contains(data) ? 0 : FOLDED_OPERATIONS * unit(data)))
                .forEach(part -> part.forEach((name, error) -> budget.merge(name, error, Double::sum)));
        return budget;
    }

    private static Stream<TensorData> data(Node node) {
        return node.op() instanceof Constant(TensorData data) ? Stream.of(data) : Stream.empty();
    }

    private static double unit(TensorData data) {
        return data.element().isReal() ? RoundingBudget.unit(data.element()) : 0;
    }

    /// The first output that differs, in words.
    public static String difference(Map<String, Tensor> expected, Map<String, Tensor> found) {
        return expected.entrySet().stream()
                .filter(output -> !output.getValue().equals(Objects.requireNonNull(found.get(output.getKey()))))
                .findFirst()
                .map(output ->
                        "output %s was %s, becomes %s"
                                .formatted(
                                        output.getKey(),
                                        text(output.getValue()),
                                        found.containsKey(output.getKey())
                                                ? text(found.get(output.getKey()))
                                                : "nothing"))
                .orElse("no output differs");
    }

    @Override
    public String toString() {
        return "  before %s%n  after %s%n  inputs %s"
                .formatted(
                        GraphText.of(before),
                        GraphText.of(after),
                        Maps.transformValues(inputs.tensors(), Rewrite::text));
    }

    private static String text(Tensor tensor) {
        return tensor.type()
                + " "
                + switch (tensor.element().kind()) {
                    case REAL -> Arrays.toString(tensor.reals());
                    case TEXT -> tensor.text().toString();
                    default -> Arrays.toString(tensor.integers());
                };
    }
}
