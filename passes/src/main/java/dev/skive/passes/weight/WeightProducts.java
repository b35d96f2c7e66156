package dev.skive.passes.weight;

import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import java.lang.foreign.MemorySegment;

/// Products of weights with each other, summed in double precision and rounded once, outside the Java heap.
public final class WeightProducts {
    private WeightProducts() {}

    /// A matrix with its rows multiplied by the elements of a vector, `diag(factors) matrix`.
    ///
    /// @param factors as many as the matrix has rows, or one for all
    /// @param matrix `[rows, columns]`
    public static TensorData scaleRows(TensorData factors, TensorData matrix) {
        long columns = matrix.sizes()[1];
        MemorySegment target = TensorData.allocate(matrix.element(), matrix.count());
        for (long i = 0; i < matrix.count(); i++) {
            double factor = factors.getDouble(factors.count() == 1 ? 0 : i / columns);
            Elements.setDouble(matrix.element(), target, i, factor * matrix.getDouble(i));
        }
        return TensorData.wrap(matrix.element(), matrix.sizes(), target);
    }

    /// A vector times a matrix, `vector matrix`.
    ///
    /// @param vector as many elements as the matrix has rows, or one for all
    /// @param matrix `[rows, columns]`
    /// @return one sum per column
    public static double[] timesMatrix(TensorData vector, TensorData matrix) {
        int columns = Math.toIntExact(matrix.sizes()[1]);
        var sums = new double[columns];
        for (long i = 0; i < matrix.count(); i++) {
            sums[(int) (i % columns)] += vector.getDouble(vector.count() == 1 ? 0 : i / columns) * matrix.getDouble(i);
        }
        return sums;
    }
}
