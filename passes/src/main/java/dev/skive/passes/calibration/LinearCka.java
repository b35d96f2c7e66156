package dev.skive.passes.calibration;

import java.util.List;

/// Linear centred kernel alignment: how alike two sets of vectors of the same samples are, whatever their rotation and scale.
///
/// Kornblith et al., "Similarity of Neural Network Representations Revisited".
public final class LinearCka {
    private LinearCka() {}

    /// The alignment, in `[0, 1]`; 0 when one of the sets does not vary.
    ///
    /// @param a a vector per sample
    /// @param b a vector per sample, in the same order
    public static double of(List<double[]> a, List<double[]> b) {
        double[][] gramA = centred(a);
        double[][] gramB = centred(b);
        double norm = Math.sqrt(dot(gramA, gramA) * dot(gramB, gramB));
        return norm == 0 ? 0 : dot(gramA, gramB) / norm;
    }

    /// The products of all pairs of vectors, less the means of rows and columns.
    private static double[][] centred(List<double[]> vectors) {
        int count = vectors.size();
        var gram = new double[count][count];
        var rows = new double[count];
        double all = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                gram[i][j] = dot(vectors.get(i), vectors.get(j));
                rows[i] += gram[i][j] / count;
            }
            all += rows[i] / count;
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                gram[i][j] += all - rows[i] - rows[j];
            }
        }
        return gram;
    }

    private static double dot(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += dot(a[i], b[i]);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
