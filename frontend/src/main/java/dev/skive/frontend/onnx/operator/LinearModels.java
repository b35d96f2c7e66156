package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import java.util.List;

/// `LinearClassifier` and `LinearRegressor`: `x weights^T + intercepts`, in `f32`.
final class LinearModels {
    private LinearModels() {}

    /// Sums over the features of `[n, features]` for each of `count` rows of weights.
    static Term products(Term x, List<Float> weights, int count) {
        NodeContext node = x.node();
        if (count < 1 || weights.size() % count != 0) {
            throw node.failure("%s weights cannot be %s rows", weights.size(), count);
        }
        int features = weights.size() / count;
        var columns = new float[weights.size()];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < features; i++) {
                columns[i * count + row] = weights.get(row * features + i);
            }
        }
        Value matrix = node.constant(TensorData.ofFloats(columns, features, count));
        return new Term(node, new Layout(node).product(x.value(), matrix));
    }

    /// A constant row.
    static Term row(NodeContext node, List<Float> numbers) {
        return new Term(node, node.constant(TensorData.ofFloats(Floats.toArray(numbers), numbers.size())));
    }

    /// A row added to each row.
    static Term plus(Term x, List<Float> numbers) {
        return x.plus(row(x.node(), numbers));
    }

    /// A list attribute that must be given.
    static ImmutableList<Float> reals(NodeContext node, String name) {
        return node.attributes().reals(name).orElseThrow(() -> node.failure("attribute '%s' is missing", name));
    }

    /// The labels and the scores. One score for two classes is that of the second.
    static ImmutableList<Value> classify(NodeContext node) {
        ImmutableList<Float> weights = reals(node, "coefficients");
        ImmutableList<Float> intercepts = node.attributes().reals("intercepts").orElse(ImmutableList.of());
        ClassLabels labels = ClassLabels.of(node, "classlabels_ints");
        node.attributes().ignore("multi_class");
        int targets = intercepts.isEmpty() ? labels.count() : intercepts.size();
        Term scores = products(FeatureImporters.rows(node), weights, targets);
        if (!intercepts.isEmpty()) {
            scores = plus(scores, intercepts);
        }
        Scores transformed = Scores.of(node);
        if (targets > 1) {
            return ImmutableList.of(labels.best(scores), transformed.apply(scores));
        }
        Value label = labels.either(scores.isMore(0));
        return labels.count() == 2
                ? ImmutableList.of(label, transformed.pair(scores, Scores.Other.COMPLEMENT))
                : ImmutableList.of(label, transformed.apply(scores));
    }

    /// The scores; intercepts that are not one per target are left out.
    static Value regress(NodeContext node) {
        ImmutableList<Float> weights = reals(node, "coefficients");
        int targets = Math.toIntExact(node.attributes().integer("targets", 1));
        ImmutableList<Float> intercepts = node.attributes().reals("intercepts").orElse(ImmutableList.of());
        Term scores = products(FeatureImporters.rows(node), weights, targets);
        return Scores.of(node).apply(intercepts.size() == targets ? plus(scores, intercepts) : scores);
    }
}
