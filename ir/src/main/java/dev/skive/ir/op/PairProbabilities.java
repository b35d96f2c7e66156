package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// The probabilities of classes that fit best to those of each class against each other: they minimize
/// `sum over i, j of (r[j, i] p[i] - r[i, j] p[j])^2`, found by going through the classes until little changes
///
/// **Shapes**: for `k` classes, `[n, k (k-1) / 2]`, the pairs `(0, 1), (0, 2), ... (1, 2), ...` -> `[n, k]`.
/// **Types**: `f32`.
/// **Numerics**: in `f32` in one order everywhere, since the number of rounds depends on the error that is left; at most
/// 100 rounds, until no class is off by `0.005 / k`.
/// **Errors**: a width that is not that many pairs.
/// **Source**: ONNX `ai.onnx.ml.SVMClassifier`; Wu, Lin and Weng 2004, second approach.
///
/// @param classes the number of classes
public record PairProbabilities(int classes) implements Dynamic {
    private static final int MOST_ROUNDS = 100;

    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        TypeError.check(
                operands.element(0) == ElementType.FLOAT32, "operand 0 must be f32, found %s", operands.tensor(0));
        Shape shape = operands.requireRank(0, 2);
        int pairs = classes * (classes - 1) / 2;
        TypeError.check(
                !shape.last().differsFrom(Dim.of(pairs)), "operand 0 must have width %s, found %s", pairs, shape);
        return ImmutableList.of(new TensorType(ElementType.FLOAT32, shape.with(-1, Dim.of(classes))));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor pairs = evaluation.operand(0);
        int width = pairs.size(1);
        var results = new double[pairs.size(0) * classes];
        for (int row = 0; row < pairs.size(0); row++) {
            var r = new float[classes][classes];
            int at = row * width;
            for (int i = 0; i < classes; i++) {
                for (int j = i + 1; j < classes; j++, at++) {
                    r[i][j] = (float) pairs.reals()[at];
                    r[j][i] = 1 - r[i][j];
                }
            }
            float[] p = solve(r);
            for (int i = 0; i < classes; i++) {
                results[row * classes + i] = p[i];
            }
        }
        return ImmutableList.of(Tensor.ofReals(ElementType.FLOAT32, results, pairs.size(0), classes));
    }

    private float[] solve(float[][] r) {
        var q = new float[classes][classes];
        var p = new float[classes];
        for (int i = 0; i < classes; i++) {
            p[i] = 1f / classes;
            for (int j = 0; j < classes; j++) {
                if (j != i) {
                    q[i][i] += r[j][i] * r[j][i];
                    q[i][j] = -r[j][i] * r[i][j];
                }
            }
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var qp = new float[classes];
            float pqp = 0;
            for (int i = 0; i < classes; i++) {
                for (int j = 0; j < classes; j++) {
                    qp[i] += q[i][j] * p[j];
                }
                pqp += p[i] * qp[i];
            }
            float error = 0;
            for (float entry : qp) {
                error = Math.max(error, Math.abs(entry - pqp));
            }
            if (error < 0.005f / classes) {
                break;
            }
            improve(q, qp, pqp, p);
        }
        return p;
    }

    /// One round: every class in turn takes the probability that is best for the others as they are.
    private void improve(float[][] q, float[] qp, float start, float[] p) {
        float pqp = start;
        for (int i = 0; i < classes; i++) {
            float change = (pqp - qp[i]) / q[i][i];
            p[i] += change;
            float scale = 1 + change;
            pqp = (pqp + change * (change * q[i][i] + 2 * qp[i])) / scale / scale;
            for (int j = 0; j < classes; j++) {
                qp[j] = (qp[j] + change * q[i][j]) / scale;
                p[j] /= scale;
            }
        }
    }
}
