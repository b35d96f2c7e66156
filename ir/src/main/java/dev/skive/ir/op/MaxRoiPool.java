package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// Regions of images on a raster of one size: each bin of a region is the greatest of the elements it touches
///
/// **Shapes**: images `[n, c, h, w]`, regions `[r, 5]` -> `[r, c, rows, columns]`; a region is the number of an image,
/// `x1, y1, x2, y2`.
/// **Types**: one floating-point type.
/// **Numerics**: exact. Corners times `scale`, in the precision of the operands, are rounded to nearest, ties away from
/// zero; both belong to the region, which is one element large at least. Bin `i` of `k` over a size `s` reaches from
/// `i * (s / k)` rounded down to `(i + 1) * (s / k)` rounded up. A bin outside of the image is 0; NaN is never chosen.
/// **Errors**: shapes that do not fit; at run time, an image number outside `[0, n)`.
/// **Source**: ONNX `MaxRoiPool`; Fast R-CNN, section 2.1.
///
/// @param rows bins from top to bottom
/// @param columns bins from left to right
/// @param scale factor of the coordinates
public record MaxRoiPool(int rows, int columns, double scale) implements Spatial {
    private static final int COORDINATES = 5;

    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        TypeError.check(
                operands.element(1) == operands.element(0),
                "regions %s must have the type of the images %s",
                operands.tensor(1),
                operands.tensor(0));
        Shape images = operands.requireRank(0, 4);
        Shape regions = operands.requireRank(1, 2);
        TypeError.check(
                !regions.dim(1).differsFrom(Dim.of(COORDINATES)),
                "a region is an image number and 4 coordinates, found %s",
                regions);
        TypeError.check(rows > 0 && columns > 0, "%s by %s bins", rows, columns);
        return ImmutableList.of(
                operands.tensor(0).withShape(Shape.of(regions.dim(0), images.dim(1), Dim.of(rows), Dim.of(columns))));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor images = evaluation.operand(0);
        Tensor regions = evaluation.operand(1);
        Evaluation.check(regions.size(1) == COORDINATES, "regions %s", regions.sizes());
        int channels = images.size(1);
        int height = images.size(2);
        int width = images.size(3);
        var vertical = new Bins(rows, height, scale);
        var horizontal = new Bins(columns, width, scale);
        var bins = new double[regions.size(0) * channels * rows * columns];
        for (int i = 0; i < bins.length; i++) {
            int first = i / (channels * rows * columns) * COORDINATES;
            int image = (int) regions.reals()[first];
            Evaluation.check(image >= 0 && image < images.size(0), "image %s of %s", image, images.sizes());
            int row = i / columns % rows;
            int column = i % columns;
            int top = vertical.edge(regions, first + 2, row, false);
            int bottom = vertical.edge(regions, first + 2, row + 1, true);
            int left = horizontal.edge(regions, first + 1, column, false);
            int right = horizontal.edge(regions, first + 1, column + 1, true);
            int plane = (image * channels + i / (rows * columns) % channels) * height * width;
            double greatest = top < bottom && left < right ? Double.NEGATIVE_INFINITY : 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    double element = images.reals()[plane + y * width + x];
                    greatest = element > greatest ? element : greatest;
                }
            }
            bins[i] = greatest;
        }
        return evaluation.reals(bins);
    }

    /// The bins along an axis of an image.
    ///
    /// @param count how many there are
    /// @param size elements of the image
    /// @param scale factor of the coordinates
    private record Bins(int count, int size, double scale) {
        /// Where a bin begins, or one ends.
        int edge(Tensor regions, int corner, int bin, boolean up) {
            boolean single = regions.element() != ElementType.FLOAT64;
            double start = place(regions.reals()[corner], single);
            double covered = Math.max(place(regions.reals()[corner + 2], single) - start + 1, 1);
            double width = rounded(covered / count, single);
            double edge = rounded(bin * width, single);
            return (int) Math.clamp((up ? Math.ceil(edge) : Math.floor(edge)) + start, 0, size);
        }

        private double place(double coordinate, boolean single) {
            double scaled = rounded(coordinate * (float) scale, single);
            return Math.copySign(Math.floor(Math.abs(scaled) + 0.5), scaled);
        }

        private static double rounded(double value, boolean single) {
            return single ? (float) value : value;
        }
    }
}
