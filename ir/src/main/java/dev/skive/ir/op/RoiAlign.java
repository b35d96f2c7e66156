package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// Regions of images on a raster of one size: each bin of a region is the mean, or the maximum, of samples inside of it
///
/// **Shapes**: images `[n, c, h, w]`, regions `[r, 4]`, image numbers `[r]` -> `[r, c, rows, columns]`; a region is
/// `x1, y1, x2, y2`.
/// **Types**: floating-point images and regions of one type, integer numbers.
/// **Numerics**: places in the precision of the operands, sums in double, rounded once. The maximum is that of the four
/// elements around a sample times their weights, as ONNX has it. A sample more than an element outside is 0.
/// **Errors**: shapes that do not fit; at run time, an image number outside `[-n, n)`.
/// **Source**: ONNX `RoiAlign`, opset 22.
///
/// @param rows bins from top to bottom
/// @param columns bins from left to right
/// @param samples samples per bin and axis, 0 for as many as elements are covered
/// @param scale factor of the coordinates
/// @param halfPixel whether coordinates are moved by half an element; else regions are at least one element large
/// @param maximum whether the maximum is taken
public record RoiAlign(int rows, int columns, int samples, double scale, boolean halfPixel, boolean maximum)
        implements Spatial {
    @Override
    public Arity arity() {
        return Arity.exactly(3);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        TypeError.check(
                operands.element(1) == operands.element(0),
                "regions %s must have the type of the images %s",
                operands.tensor(1),
                operands.tensor(0));
        operands.requireInteger(2);
        Shape images = operands.requireRank(0, 4);
        Shape regions = operands.requireRank(1, 2);
        Shape numbers = operands.requireRank(2, 1);
        TypeError.check(!regions.dim(1).differsFrom(Dim.of(4)), "a region has 4 coordinates, found %s", regions);
        TypeError.check(
                !regions.dim(0).differsFrom(numbers.dim(0)), "%s regions of %s images", regions.dim(0), numbers.dim(0));
        TypeError.check(rows > 0 && columns > 0 && samples >= 0, "%s by %s bins of %s samples", rows, columns, samples);
        Shape bins = Shape.of(regions.dim(0), images.dim(1), Dim.of(rows), Dim.of(columns));
        return ImmutableList.of(operands.tensor(0).withShape(bins));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor images = evaluation.operand(0);
        Tensor regions = evaluation.operand(1);
        Tensor numbers = evaluation.operand(2);
        Evaluation.check(
                regions.size(1) == 4 && regions.size(0) == numbers.size(0),
                "regions %s of %s images",
                regions.sizes(),
                numbers.sizes());
        var bins = new double[regions.size(0) * images.size(1) * rows * columns];
        int channels = images.size(1);
        int plane = images.size(2) * images.size(3);
        for (int i = 0; i < bins.length; i++) {
            int region = i / (channels * rows * columns);
            long asked = numbers.integers()[region];
            Evaluation.check(
                    asked >= -images.size(0) && asked < images.size(0), "image %s of %s", asked, images.sizes());
            int image = (int) (asked < 0 ? asked + images.size(0) : asked);
            var place = new RegionBin(this, images, images.element() != ElementType.FLOAT64);
            place.region(regions.reals(), 4 * region);
            int channel = i / (rows * columns) % channels;
            bins[i] = place.value(i / columns % rows, i % columns, (image * channels + channel) * plane);
        }
        return evaluation.reals(bins);
    }
}
