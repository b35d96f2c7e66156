package dev.skive.ir.eval;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/// Computations on the rows of a tensor: the elements along one axis.
public final class Rows {
    private Rows() {}

    /// Applies `row` to the elements along an axis, for all positions of the other axes.
    public static double[] along(Tensor tensor, int axis, UnaryOperator<double[]> row) {
        int length = tensor.size(axis);
        int stride = Strides.of(tensor.sizes())[axis];
        var result = new double[tensor.count()];
        for (int block = 0; block < result.length; block += length * stride) {
            for (int start = block; start < block + stride; start++) {
                var elements = new double[length];
                for (int i = 0; i < length; i++) {
                    elements[i] = tensor.reals()[start + i * stride];
                }
                double[] computed = row.apply(elements);
                for (int i = 0; i < length; i++) {
                    result[start + i * stride] = computed[i];
                }
            }
        }
        return result;
    }

    /// The softmax of a row.
    public static double[] softmax(double[] row) {
        double maximum = Arrays.stream(row).max().orElse(0);
        var result = new double[row.length];
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            result[i] = Math.exp(row[i] - maximum);
            sum += result[i];
        }
        for (int i = 0; i < row.length; i++) {
            result[i] /= sum;
        }
        return result;
    }
}
