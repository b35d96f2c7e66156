package dev.skive.frontend.onnx.operator;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// The pairs of classes that a support vector machine decides between: `(0, 1), (0, 2), ... (1, 2), ...`.
final class ClassPairs {
    private final NodeContext node;
    private final int classes;
    private final int pairs;
    private final float[] weights;
    private final int vectors;

    /// The pairs of some classes.
    ///
    /// @param perClass the number of support vectors of each class
    /// @param given `[classes - 1, vectors]`, the weights of each vector against each class but its own
    ClassPairs(NodeContext node, int classes, List<Long> perClass, List<Float> given, int vectors) {
        this.node = node;
        this.classes = classes;
        this.pairs = classes * (classes - 1) / 2;
        this.vectors = vectors;
        if (classes < 2 || perClass.size() != classes || given.size() < (classes - 1) * vectors) {
            throw node.failure(
                    "%s classes need a number of vectors each and %s weights, found %s and %s",
                    classes, (classes - 1) * vectors, perClass.size(), given.size());
        }
        this.weights = new float[vectors * pairs];
        int[] starts = new int[classes + 1];
        for (int i = 0; i < classes; i++) {
            starts[i + 1] = starts[i] + Math.toIntExact(perClass.get(i));
        }
        int pair = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = i + 1; j < classes; j++, pair++) {
                fill(pair, starts[i], starts[i + 1], given.subList((j - 1) * vectors, j * vectors));
                fill(pair, starts[j], starts[j + 1], given.subList(i * vectors, (i + 1) * vectors));
            }
        }
    }

    private void fill(int pair, int from, int to, List<Float> row) {
        for (int i = from; i < to; i++) {
            weights[i * pairs + pair] = row.get(i);
        }
    }

    /// Checks that an attribute has an element for each pair.
    void check(String name, int size) {
        if (size != pairs) {
            throw node.failure("attribute '%s' must have %s elements, found %s", name, pairs, size);
        }
    }

    /// Decisions `[n, pairs]`, above 0 for the first of a pair.
    Term decisions(Term kernels, List<Float> offsets) {
        check("rho", offsets.size());
        var matrix = node.constant(TensorData.ofFloats(weights, vectors, pairs));
        return LinearModels.plus(new Term(node, new Layout(node).product(kernels.value(), matrix)), offsets);
    }

    /// How many decisions each class wins: `[n, classes]`.
    Term votes(Term decisions) {
        var swing = new float[pairs * classes];
        var seconds = new float[classes];
        int pair = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = i + 1; j < classes; j++, pair++) {
                swing[pair * classes + i] = 1;
                swing[pair * classes + j] = -1;
                seconds[j]++;
            }
        }
        Term first = decisions.isMore(0).as(ElementType.FLOAT32);
        var matrix = node.constant(TensorData.ofFloats(swing, pairs, classes));
        var base = node.constant(TensorData.ofFloats(seconds, classes));
        return new Term(node, new Layout(node).product(first.value(), matrix)).plus(new Term(node, base));
    }
}
