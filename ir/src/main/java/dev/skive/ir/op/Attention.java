package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Rows;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// Per head `softmax(scale * Q K^T + mask) V`, heads side by side in the last axis
///
/// **Shapes**: `Q [batch, queries, queryHeads*size]`, `K [batch, keys, keyHeads*size]`,
/// `V [batch, keys, keyHeads*valueSize]`, optional `mask` that broadcasts to `[batch, queryHeads, queries, keys]` ->
/// `[batch, queries, queryHeads*valueSize]`. With fewer key heads than query heads, consecutive query heads share one.
/// **Types**: one floating-point type; the mask is added.
/// **Numerics**: scores are scaled, the mask is added, the row maximum is subtracted before `exp`.
/// **Errors**: widths that do not divide by the heads, or do not fit each other.
/// **Source**: ONNX `Attention` (opset 23); Vaswani et al., "Attention Is All You Need", section 3.2.
///
/// @param queryHeads number of query heads
/// @param keyHeads number of key and value heads, a divisor of `queryHeads`
/// @param scale factor of the scores
public record Attention(int queryHeads, int keyHeads, double scale) implements Structured {
    @Override
    public Arity arity() {
        return Arity.between(3, 4);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        operands.sameElementFrom(0);
        Shape q = operands.requireRank(0, 3);
        Shape k = operands.requireRank(1, 3);
        Shape v = operands.requireRank(2, 3);
        TypeError.check(
                keyHeads > 0 && queryHeads > 0 && queryHeads % keyHeads == 0,
                "%s query heads for %s key heads",
                queryHeads,
                keyHeads);
        TypeError.check(
                !q.dim(0).differsFrom(k.dim(0)) && !q.dim(0).differsFrom(v.dim(0)),
                "Q %s, K %s and V %s have other batch sizes",
                q,
                k,
                v);
        Dim size = perHead(q, queryHeads);
        Dim valueSize = perHead(v, keyHeads);
        TypeError.check(!size.differsFrom(perHead(k, keyHeads)), "Q %s and K %s have other head sizes", q, k);
        TypeError.check(!k.dim(1).differsFrom(v.dim(1)), "K %s and V %s have other lengths", k, v);
        if (operands.has(3)) {
            Shape scores = Shape.of(q.dim(0), Dim.of(queryHeads), q.dim(1), k.dim(1));
            operands.requireFits(3, scores);
        }
        return ImmutableList.of(operands.tensor(0).withShape(q.with(-1, valueSize.times(queryHeads))));
    }

    private static Dim perHead(Shape shape, int heads) {
        return shape.last()
                .divideExactly(Dim.of(heads))
                .orElseThrow(
                        () -> new TypeError("the last axis of " + shape + " does not divide by " + heads + " heads"));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor q = evaluation.operand(0);
        Tensor k = evaluation.operand(1);
        checkSizes(q, k, evaluation.operand(2));
        long[] scoreSizes = {q.size(0), queryHeads, q.size(1), k.size(1)};
        int keys = k.size(1);
        var result = new double[Strides.count(evaluation.sizes(0))];
        double[] mask = mask(evaluation, scoreSizes);
        int rows = Strides.count(new long[] {q.size(0), queryHeads, q.size(1)});
        for (int row = 0; row < rows; row++) {
            int query = row % q.size(1);
            int head = row / q.size(1) % queryHeads;
            int batch = row / q.size(1) / queryHeads;
            var position = new Position(batch, head, query);
            double[] scores = scores(q, k, position);
            for (int key = 0; key < keys; key++) {
                scores[key] += mask[row * keys + key];
            }
            addWeighted(Rows.softmax(scores), evaluation.operand(2), position, result);
        }
        return evaluation.reals(result);
    }

    private void checkSizes(Tensor q, Tensor k, Tensor v) {
        boolean fit =
                q.size(0) == k.size(0)
                        && q.size(0) == v.size(0)
                        && k.size(1) == v.size(1)
                        && q.size(2) / queryHeads == k.size(2) / keyHeads;
        Evaluation.check(fit, "Q %s, K %s and V %s do not fit each other", q.sizes(), k.sizes(), v.sizes());
    }

    private record Position(int batch, int head, int query) {}

    private static double[] mask(Evaluation evaluation, long[] scoreSizes) {
        int count = Strides.count(scoreSizes);
        return evaluation
                .optional(3)
                .map(mask -> mask.broadcast(scoreSizes).reals())
                .orElseGet(() -> new double[count]);
    }

    private double[] scores(Tensor q, Tensor k, Position at) {
        int size = q.size(2) / queryHeads;
        int keys = k.size(1);
        var scores = new double[keys];
        int fromQ = (at.batch * q.size(1) + at.query) * q.size(2) + at.head * size;
        for (int key = 0; key < keys; key++) {
            int fromK = (at.batch * keys + key) * k.size(2) + keyHead(at) * size;
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += q.reals()[fromQ + i] * k.reals()[fromK + i];
            }
            scores[key] = sum * scale;
        }
        return scores;
    }

    private void addWeighted(double[] weights, Tensor v, Position at, double[] result) {
        int size = v.size(2) / keyHeads;
        int width = size * queryHeads;
        int queries = result.length / width / v.size(0);
        int to = (at.batch * queries + at.query) * width + at.head * size;
        for (int key = 0; key < weights.length; key++) {
            int from = (at.batch * weights.length + key) * v.size(2) + keyHead(at) * size;
            for (int i = 0; i < size; i++) {
                result[to + i] += weights[key] * v.reals()[from + i];
            }
        }
    }

    private int keyHead(Position at) {
        return at.head / (queryHeads / keyHeads);
    }
}
