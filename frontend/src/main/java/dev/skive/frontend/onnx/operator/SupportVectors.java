package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.PairProbabilities;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.List;

/// `SVMClassifier` and `SVMRegressor`, in `f32`.
///
/// @param x `[n, features]`
/// @param gamma the factor of the kernel
/// @param summand the summand of the kernel
/// @param degree the exponent of the kernel
record SupportVectors(Term x, float gamma, float summand, float degree) {
    private static SupportVectors of(NodeContext node) {
        ImmutableList<Float> given = node.attributes().reals("kernel_params").orElse(ImmutableList.of());
        if (!given.isEmpty() && given.size() != 3) {
            throw node.failure("attribute 'kernel_params' must have 3 elements, found %s", given.size());
        }
        ImmutableList<Float> all = given.isEmpty() ? ImmutableList.of(0f, 0f, 0f) : given;
        return new SupportVectors(FeatureImporters.rows(node), all.get(0), all.get(1), all.get(2));
    }

    /// How near the operand is to each of some vectors: `[n, vectors]`.
    private Term kernel(String type, List<Float> vectors, int count) {
        return switch (type) {
            case "LINEAR" -> LinearModels.products(x, vectors, count);
            case "POLY" -> scaled(vectors, count).with(new Pow(), degree);
            case "RBF" -> x.number(0).minus(distances(vectors, count).times(gamma)).exp();
            case "SIGMOID" -> scaled(vectors, count).with(new Tanh());
            default -> throw x.node().failure("kernel_type must be LINEAR, POLY, RBF or SIGMOID, found '%s'", type);
        };
    }

    private Term scaled(List<Float> vectors, int count) {
        return LinearModels.products(x, vectors, count).times(gamma).plus(summand);
    }

    private Term distances(List<Float> vectors, int count) {
        NodeContext node = x.node();
        float[] numbers = Floats.toArray(vectors);
        Shape shape = x.value().shape();
        Value rows = new Layout(node).reshape(x.value(), shape.dim(0), Dim.ONE, shape.dim(1));
        Value all = node.constant(TensorData.ofFloats(numbers, 1, count, numbers.length / count));
        Term apart = new Term(node, rows).minus(new Term(node, all));
        return apart.times(apart).with(new ReduceSum(ImmutableList.of(2), false));
    }

    private static int count(List<Float> vectors, long count, NodeContext node) {
        if (count < 0 || count > vectors.size() || (count > 0 && vectors.size() % count != 0)) {
            throw node.failure("%s numbers cannot be %s support vectors", vectors.size(), count);
        }
        return (int) count;
    }

    /// `SVMRegressor`: the sum of the kernels, weighted; without support vectors the operand weighted.
    static Value regress(NodeContext node) {
        SupportVectors machine = of(node);
        // A single target stays as it is, as in ORT.
        Scores.of(node);
        ImmutableList<Float> weights = LinearModels.reals(node, "coefficients");
        ImmutableList<Float> vectors = node.attributes().reals("support_vectors").orElse(ImmutableList.of());
        int count = count(vectors, node.attributes().integer("n_supports", 0), node);
        String type = node.attributes().text("kernel_type", "LINEAR");
        Term inputs = count == 0 ? machine.x : machine.kernel(type, vectors, count);
        Term sum = LinearModels.products(inputs, weights, 1).plus(LinearModels.reals(node, "rho").getFirst());
        boolean isOneClass = node.attributes().flag("one_class", false);
        return (isOneClass ? sum.isMore(0).choose(sum.number(1), sum.number(-1)) : sum).value();
    }

    /// `SVMClassifier`: the labels and the scores.
    static ImmutableList<Value> classify(NodeContext node) {
        SupportVectors machine = of(node);
        ClassLabels labels = ClassLabels.of(node, "classlabels_ints");
        ImmutableList<Float> weights = LinearModels.reals(node, "coefficients");
        ImmutableList<Float> offsets = LinearModels.reals(node, "rho");
        ImmutableList<Float> slopes = node.attributes().reals("prob_a").orElse(ImmutableList.of());
        ImmutableList<Float> shifts = node.attributes().reals("prob_b").orElse(ImmutableList.of());
        ImmutableList<Float> vectors = node.attributes().reals("support_vectors").orElse(ImmutableList.of());
        ImmutableList<Long> perClass = node.attributes().integers("vectors_per_class").orElse(ImmutableList.of());
        String type = node.attributes().text("kernel_type", "LINEAR");
        int count = count(vectors, perClass.stream().mapToLong(Long::longValue).sum(), node);
        Scores transformed = Scores.of(node);
        if (count == 0) {
            Term scores = LinearModels.products(machine.x, weights, labels.count()).plus(offsets.getFirst());
            Value label = linearLabel(labels, scores, weights, !slopes.isEmpty());
            return ImmutableList.of(label, transformed.apply(scores));
        }
        var pairs = new ClassPairs(node, labels.count(), perClass, weights, count);
        Term decisions = pairs.decisions(machine.kernel(type, vectors, count), offsets);
        Value label = labels.best(pairs.votes(decisions));
        if (!slopes.isEmpty()) {
            pairs.check("prob_a", slopes.size());
            pairs.check("prob_b", shifts.size());
            Term chances = chances(decisions, slopes, shifts);
            Value all = node.addDynamic(new PairProbabilities(labels.count()), chances.value()).getFirst();
            return ImmutableList.of(label, transformed.apply(new Term(node, all)));
        }
        if (labels.count() > 2) {
            return ImmutableList.of(label, transformed.apply(decisions));
        }
        boolean isPlain = transformed.transform() == Scores.Transform.NONE;
        return ImmutableList.of(
                label, transformed.pair(decisions, isPlain ? Scores.Other.NEGATIVE : Scores.Other.COMPLEMENT));
    }

    /// Of two classes the second is chosen already when any score is large enough.
    private static Value linearLabel(ClassLabels labels, Term scores, List<Float> weights, boolean hasChances) {
        if (labels.count() != 2 || hasChances) {
            return labels.best(scores);
        }
        boolean isPositive = weights.stream().allMatch(weight -> weight >= 0);
        Term most = scores.with(new ReduceMax(ImmutableList.of(1), true));
        Term isLarge = isPositive ? most.isLess(0.5).not() : most.isMore(0);
        NodeContext node = scores.node();
        var layout = new Layout(node);
        Term first = new Term(node, layout.slice(scores.value(), 1, Dim.ZERO, Dim.ONE));
        Term second = new Term(node, layout.slice(scores.value(), 1, Dim.ONE, Dim.ONE));
        return labels.either(isLarge.not().isBoth(first.isLess(second).not()).not());
    }

    /// The chances of the first of each pair, away from 0 and 1.
    private static Term chances(Term decisions, List<Float> slopes, List<Float> shifts) {
        NodeContext node = decisions.node();
        Term scaled = decisions.times(LinearModels.row(node, slopes));
        Term chance = LinearModels.plus(scaled, shifts).with(new Sigmoid());
        return chance.number(1).minus(chance).max(1e-7f).min(1 - 1e-7f);
    }
}
