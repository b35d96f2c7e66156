package dev.skive.ir.eval;

import java.util.Arrays;

/// Matrix products on concrete tensors, batched as `numpy.matmul` does.
public final class Products {
    private Products() {}

    /// The product of two tensors of rank 1 or more, as a tensor of the given sizes.
    public static Tensor product(Tensor a, Tensor b, long[] sizes) {
        int rows = a.rank() == 1 ? 1 : a.size(-2);
        int inner = a.size(-1);
        int columns = b.rank() == 1 ? 1 : b.size(-1);
        long[] batchA = lead(a);
        long[] batchB = lead(b);
        long[] batch = Arrays.copyOf(sizes, Math.max(batchA.length, batchB.length));
        int[] fromA = Strides.broadcast(batchA, batch);
        int[] fromB = Strides.broadcast(batchB, batch);
        boolean real = a.element().isReal();
        var reals = new double[real ? Strides.count(sizes) : 0];
        var integers = new long[real ? 0 : Strides.count(sizes)];
        for (int i = 0; i < fromA.length; i++) {
            for (int row = 0; row < rows; row++) {
                int target = (i * rows + row) * columns;
                int left = (fromA[i] * rows + row) * inner;
                int right = fromB[i] * inner * columns;
                if (real) {
                    addRow(reals, target, a.reals(), left, b.reals(), right, inner, columns);
                } else {
                    addRow(integers, target, a.integers(), left, b.integers(), right, inner, columns);
                }
            }
        }
        return real ? Tensor.ofReals(a.element(), reals, sizes) : Tensor.ofIntegers(a.element(), integers, sizes);
    }

    private static long[] lead(Tensor tensor) {
        return Arrays.copyOf(tensor.sizes(), Math.max(0, tensor.rank() - 2));
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private static void addRow(
            double[] c, int target, double[] a, int left, double[] b, int right, int inner, int columns) {
        for (int k = 0; k < inner; k++) {
            double factor = a[left + k];
            int from = right + k * columns;
            for (int j = 0; j < columns; j++) {
                c[target + j] += factor * b[from + j];
            }
        }
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private static void addRow(long[] c, int target, long[] a, int left, long[] b, int right, int inner, int columns) {
        for (int k = 0; k < inner; k++) {
            for (int j = 0; j < columns; j++) {
                c[target + j] += a[left + k] * b[right + k * columns + j];
            }
        }
    }

    /// A tensor with a vector added to each of its rows.
    public static Tensor addToRows(Tensor tensor, Tensor vector) {
        var sum = tensor.reals().clone();
        int width = vector.count();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += vector.reals()[i % width];
        }
        return Tensor.ofReals(tensor.element(), sum, tensor.sizes());
    }
}
