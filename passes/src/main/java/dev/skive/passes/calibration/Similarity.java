package dev.skive.passes.calibration;

/// How alike two vectors are.
public final class Similarity {
    private Similarity() {}

    /// The cosine of the angle between parts of two arrays, in `[-1, 1]`; 1 for two zero vectors, 0 for one.
    ///
    /// @param from where the vectors begin in both arrays
    /// @param length of the vectors
    public static double cosine(double[] a, double[] b, int from, int length) {
        double dot = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = from; i < from + length; i++) {
            dot += a[i] * b[i];
            squaresA += a[i] * a[i];
            squaresB += b[i] * b[i];
        }
        if (squaresA == 0 || squaresB == 0) {
            return squaresA == squaresB ? 1 : 0;
        }
        return Math.clamp(dot / Math.sqrt(squaresA) / Math.sqrt(squaresB), -1, 1);
    }

    /// The angle between vectors as a part of a half turn, in `[0, 1]`.
    public static double angularDistance(double cosine) {
        return Math.acos(cosine) / Math.PI;
    }
}
