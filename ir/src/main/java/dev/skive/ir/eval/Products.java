package dev.skive.ir.eval;

import java.util.Arrays;

/// Matrix products on concrete tensors, batched as `numpy.matmul` does.
public final class Products {
    private Products() {}

    /// The product of two tensors of rank 1 or more, as a tensor of the given sizes.
    ///
    /// @throws dev.skive.ir.SkiveException when the sizes do not fit
    public static Tensor product(Tensor a, Tensor b, long[] sizes) {
        int rows = a.rank() == 1 ? 1 : a.size(-2);
        int inner = a.size(-1);
        Evaluation.check(
                inner == b.size(b.rank() == 1 ? 0 : -2), "inner sizes differ: %s and %s", a.sizes(), b.sizes());
        long[] batchA = lead(a);
        long[] batchB = lead(b);
        long[] batch = Arrays.copyOf(sizes, Math.max(batchA.length, batchB.length));
        int[] fromA = Strides.broadcast(batchA, batch);
        int[] fromB = Strides.broadcast(batchB, batch);
        return a.element().isReal()
                ? Tensor.ofReals(a.element(), reals(a, b, fromA, fromB, rows), sizes)
                : Tensor.ofIntegers(a.element(), integers(a, b, fromA, fromB, rows), sizes);
    }

    private static long[] lead(Tensor tensor) {
        return Arrays.copyOf(tensor.sizes(), Math.max(0, tensor.rank() - 2));
    }

    private static double[] reals(Tensor a, Tensor b, int[] fromA, int[] fromB, int rows) {
        int inner = a.size(-1);
        int columns = b.rank() == 1 ? 1 : b.size(-1);
        var result = new double[fromA.length * rows * columns];
        for (int i = 0; i < fromA.length; i++) {
            double[][] right = split(b.reals(), fromB[i] * inner, inner, columns);
            for (int row = 0; row < rows; row++) {
                int left = (fromA[i] * rows + row) * inner;
                var sum = new double[columns];
                for (int k = 0; k < inner; k++) {
                    addScaled(sum, a.reals()[left + k], right[k]);
                }
                System.arraycopy(sum, 0, result, (i * rows + row) * columns, columns);
            }
        }
        return result;
    }

    private static double[][] split(double[] elements, int first, int rows, int columns) {
        var split = new double[rows][];
        for (int row = 0; row < rows; row++) {
            split[row] = Arrays.copyOfRange(elements, (first + row) * columns, (first + row + 1) * columns);
        }
        return split;
    }

    /// Two arrays at one index: the form of loop that the JVM vectorizes.
    private static void addScaled(double[] sum, double factor, double[] row) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += factor * row[j];
        }
    }

    private static long[] integers(Tensor a, Tensor b, int[] fromA, int[] fromB, int rows) {
        int inner = a.size(-1);
        int columns = b.rank() == 1 ? 1 : b.size(-1);
        var result = new long[fromA.length * rows * columns];
        for (int at = 0; at < result.length; at++) {
            int column = at % columns;
            int row = at / columns % rows;
            int batch = at / columns / rows;
            long sum = 0;
            for (int k = 0; k < inner; k++) {
                sum +=
                        a.integers()[(fromA[batch] * rows + row) * inner + k]
                                * b.integers()[(fromB[batch] * inner + k) * columns + column];
            }
            result[at] = a.element().wrap(sum);
        }
        return result;
    }

    /// A tensor with a vector added to each of its rows.
    public static Tensor addToRows(Tensor tensor, Tensor vector) {
        Evaluation.check(
                vector.count() == tensor.size(-1), "%s does not fit rows of %s", vector.sizes(), tensor.sizes());
        var sum = tensor.reals().clone();
        int width = vector.count();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += vector.reals()[i % width];
        }
        return Tensor.ofReals(tensor.element(), sum, tensor.sizes());
    }
}
