package dev.skive.passes.calibration;

import com.google.common.primitives.ImmutableDoubleArray;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/// The affine map that takes vectors nearest to others, in the sense of least squares, found from sums over samples: no sample
/// is kept. It is drawn towards the identity, the more the less the samples say.
///
/// `min over A, c of sum |x A + c - y|^2 + ridge * t * |A - I|^2`, with `t` the mean variance of an element of `x` times the
/// number of samples.
public final class LeastSquares {
    private final int width;
    private final double[][] products;
    private final double[][] targets;
    private final double[] sumX;
    private final double[] sumY;
    private long count;

    /// An empty sum.
    ///
    /// @param width elements of a vector
    public LeastSquares(int width) {
        this.width = width;
        products = new double[width][width];
        targets = new double[width][width];
        sumX = new double[width];
        sumY = new double[width];
    }

    /// Adds the rows of two matrices, each of vectors one after the other.
    public void add(double[] x, double[] y) {
        for (int row = 0; row < x.length; row += width) {
            count++;
            for (int i = 0; i < width; i++) {
                double xi = x[row + i];
                sumX[i] += xi;
                sumY[i] += y[row + i];
                for (int j = 0; j < width; j++) {
                    products[i][j] += xi * x[row + j];
                    // The residual y - x is what the distance from the identity has to explain.
                    targets[i][j] += xi * (y[row + j] - x[row + j]);
                }
            }
        }
    }

    /// How many vectors were added.
    public long count() {
        return count;
    }

    /// The map less the identity.
    ///
    /// @param difference `A - I`, row by row: `x` times it is added to `x`
    /// @param shift `c`
    public record Affine(ImmutableDoubleArray difference, ImmutableDoubleArray shift) {}

    /// The map.
    ///
    /// @param ridge how strongly it is drawn to the identity, above 0
    public Affine solve(double ridge) {
        R064Store left = R064Store.FACTORY.make(width, width);
        R064Store right = R064Store.FACTORY.make(width, width);
        double trace = 0;
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                left.set(i, j, products[i][j] - sumX[i] * sumX[j] / count);
                right.set(i, j, targets[i][j] - sumX[i] * (sumY[j] - sumX[j]) / count);
            }
            trace += left.doubleValue(i, i);
        }
        double weight = Math.max(ridge * trace / width, Double.MIN_NORMAL);
        for (int i = 0; i < width; i++) {
            left.add(i, i, weight);
        }
        Cholesky<Double> cholesky = Cholesky.R064.make(left);
        cholesky.decompose(left);
        MatrixStore<Double> solution = cholesky.getSolution(right);
        return affine(solution);
    }

    private Affine affine(MatrixStore<Double> solution) {
        var difference = new double[width * width];
        var shift = new double[width];
        for (int j = 0; j < width; j++) {
            shift[j] = (sumY[j] - sumX[j]) / count;
            for (int i = 0; i < width; i++) {
                difference[i * width + j] = solution.doubleValue(i, j);
                shift[j] -= sumX[i] / count * solution.doubleValue(i, j);
            }
        }
        return new Affine(ImmutableDoubleArray.copyOf(difference), ImmutableDoubleArray.copyOf(shift));
    }
}
