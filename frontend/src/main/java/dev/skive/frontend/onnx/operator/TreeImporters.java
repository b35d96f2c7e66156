package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;

/// `TreeEnsembleClassifier`, `TreeEnsembleRegressor` and `TreeEnsemble`. Features are compared and contributions added in
/// `f64` for `f64`, else in `f32`.
final class TreeImporters {
    private TreeImporters() {}

    /// The results for each target, in `f32`.
    static Value regress(NodeContext node) {
        int targets = Math.toIntExact(node.attributes().integer("n_targets", 1));
        LeafWeights weights = TreeTables.read(node, "target", targets);
        String name = node.attributes().text("aggregate_function", "SUM");
        LeafWeights.Aggregate aggregate;
        try {
            aggregate = LeafWeights.Aggregate.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw node.failure("aggregate_function '%s' is not known", name);
        }
        Term results = results(node, weights, aggregate);
        double[] base = TreeTables.reals(node, "base_values").orElse(new double[0]);
        if (base.length != 0 && base.length != targets) {
            throw node.failure("%s targets, but %s base values", targets, base.length);
        }
        Term moved = base.length == 0 ? results : plus(results, base);
        return Scores.of(node).apply(moved.as(ElementType.FLOAT32));
    }

    private static Term results(NodeContext node, LeafWeights weights, LeafWeights.Aggregate aggregate) {
        Term x = FeatureImporters.rows(node, TreeTables.compared(node));
        Term reached = new Term(node, weights.forest().reached(x.value()));
        return weights.aggregate(reached, x.element(), aggregate);
    }

    private static Term plus(Term x, double... row) {
        return x.plus(new Term(x.node(), x.node().constant(TensorData.ofReals(x.element(), row, row.length))));
    }

    /// The results for each target, in the type of the features.
    // The attributes are the numbers of the constants, as the standard lists them.
    @SuppressWarnings("EnumOrdinal")
    static Value ensemble(NodeContext node) {
        int targets = Math.toIntExact(node.attributes().integer("n_targets", 1));
        LeafWeights weights = new LinkedTrees(node).read(targets);
        long aggregate = node.attributes().integer("aggregate_function", LeafWeights.Aggregate.SUM.ordinal());
        long transform = node.attributes().integer("post_transform", 0);
        if (aggregate < 0 || aggregate >= LeafWeights.Aggregate.values().length) {
            throw node.failure("aggregate_function %s is not known", aggregate);
        }
        if (transform < 0 || transform >= Scores.Transform.values().length) {
            throw node.failure("post_transform %s is not known", transform);
        }
        Term results = results(node, weights, LeafWeights.Aggregate.values()[(int) aggregate]);
        Value scores = new Scores(node, Scores.Transform.values()[(int) transform]).apply(results);
        return new Layout(node).cast(scores, node.element(0));
    }

    /// The labels and the scores.
    static ImmutableList<Value> classify(NodeContext node) {
        ClassLabels labels = ClassLabels.of(node, "classlabels_int64s");
        LeafWeights weights = TreeTables.read(node, "class", labels.count());
        double[] base = TreeTables.reals(node, "base_values").orElse(new double[0]);
        Term x = FeatureImporters.rows(node, TreeTables.compared(node));
        Term reached = new Term(node, weights.forest().reached(x.value()));
        Term sums = weights.aggregate(reached, x.element(), LeafWeights.Aggregate.SUM);
        Term contributes = weights.contributes(reached);
        Scores scores = Scores.of(node);
        return switch (labels.count()) {
            case 1 -> one(labels, scores, base.length == 1 ? plus(sums, base) : sums);
            case 2 -> new TwoClasses(labels, scores, weights, base).results(sums, contributes);
            default -> several(labels, scores, base.length == 0 ? sums : plus(sums, base), base, contributes);
        };
    }

    private static ImmutableList<Value> one(ClassLabels labels, Scores scores, Term sums) {
        return ImmutableList.of(labels.place(sums.isMore(0)), scores.apply(sums.as(ElementType.FLOAT32)));
    }

    /// The class with the greatest score among those with any.
    private static ImmutableList<Value> several(
            ClassLabels labels, Scores scores, Term sums, double[] base, Term contributes) {
        if (base.length != 0 && base.length != labels.count()) {
            throw sums.node().failure("%s classes, but %s base values", labels.count(), base.length);
        }
        boolean isComplete = base.length != 0 || isTrue(contributes);
        Term compared = isComplete ? sums : contributes.choose(sums, sums.number(Double.NEGATIVE_INFINITY));
        return ImmutableList.of(labels.best(compared), scores.apply(sums.as(ElementType.FLOAT32)));
    }

    /// Whether all classes are known to contribute.
    private static boolean isTrue(Term contributes) {
        return contributes
                .value()
                .constant()
                .filter(data -> Arrays.stream(data.longs()).allMatch(bit -> bit == 1))
                .isPresent();
    }

    /// One column of a matrix.
    static Term column(Term matrix, int column) {
        Value part = new Layout(matrix.node()).slice(matrix.value(), 1, Dim.of(column), Dim.ONE);
        return new Term(matrix.node(), part);
    }
}
