package dev.skive.runtime.dynamic;

import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;

/// Probabilities of classes from those of pairs of classes.
public final class Pairs {
    private static final int MOST_ROUNDS = 100;

    private final int classes;
    private final float[][] q;
    private final float[] p;

    private Pairs(int classes) {
        this.classes = classes;
        this.q = new float[classes][classes];
        this.p = new float[classes];
    }

    /// The probabilities of classes that fit best to those of each against each other, for each row.
    ///
    /// @param value the probabilities of pairs
    /// @param classes the number of classes
    public static Value probabilities(Value value, int classes) {
        Tensor tensor = Control.tensor(value);
        double[] pairs = Elements.reals(tensor);
        int rows = (int) tensor.size(0);
        var results = new float[rows * classes];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            var r = new float[classes][classes];
            for (int i = 0; i < classes; i++) {
                for (int j = i + 1; j < classes; j++, at++) {
                    r[i][j] = (float) pairs[at];
                    r[j][i] = 1 - r[i][j];
                }
            }
            var problem = new Pairs(classes);
            problem.solve(r);
            System.arraycopy(problem.p, 0, results, row * classes, classes);
        }
        return FloatTensor.of(results, rows, classes);
    }

    private void solve(float[][] r) {
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
                return;
            }
            improve(qp, pqp);
        }
    }

    /// One round: every class in turn takes the probability that is best for the others as they are.
    private void improve(float[] qp, float start) {
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
