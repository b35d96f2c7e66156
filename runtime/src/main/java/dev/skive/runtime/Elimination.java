package dev.skive.runtime;

/// Gaussian elimination of small dense matrices.
public final class Elimination {
    private Elimination() {}

    /// The determinant of a square matrix, row by row, which is destroyed. Rows are pivoted.
    ///
    /// @param matrix its elements
    /// @param n its rows
    public static double determinant(double[] matrix, int n) {
        double product = 1;
        for (int step = 0; step < n; step++) {
            int pivot = pivot(matrix, n, step);
            if (pivot != step) {
                swap(matrix, n, step, pivot);
                product = -product;
            }
            double divisor = matrix[step * n + step];
            product *= divisor;
            for (int row = step + 1; row < n && divisor != 0; row++) {
                double factor = matrix[row * n + step] / divisor;
                for (int column = step + 1; column < n; column++) {
                    matrix[row * n + column] -= factor * matrix[step * n + column];
                }
            }
        }
        return product;
    }

    /// The first row, from a step on, whose element is the largest.
    private static int pivot(double[] matrix, int n, int step) {
        int pivot = step;
        for (int row = step + 1; row < n; row++) {
            pivot = Math.abs(matrix[row * n + step]) > Math.abs(matrix[pivot * n + step]) ? row : pivot;
        }
        return pivot;
    }

    private static void swap(double[] matrix, int n, int a, int b) {
        for (int column = 0; column < n; column++) {
            double element = matrix[a * n + column];
            matrix[a * n + column] = matrix[b * n + column];
            matrix[b * n + column] = element;
        }
    }
}
