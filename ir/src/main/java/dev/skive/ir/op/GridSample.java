package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// Samples of images at places that a second operand gives: `y[n, c, p...] = x[n, c, place(grid[n, p..., :])]`, with what lies
/// between elements interpolated
///
/// **Shapes**: `x [n, c, d1, ..., dk]`, `grid [n, p1, ..., pk, k]` -> `[n, c, p1, ..., pk]`; a point of the grid names the last
/// axis first, -1 and 1 being the two ends of an axis.
/// **Types**: any numbers; the grid floating-point. Sums of integers are cut towards zero and kept within the type.
/// **Numerics**: places in the precision of the grid; sums in double, rounded once.
/// **Errors**: ranks that do not fit; at run time, an empty image that is sampled beyond `ZEROS`.
/// **Source**: ONNX `GridSample`, opset 22.
///
/// @param interpolation what stands between elements
/// @param padding what stands outside
/// @param alignCorners whether -1 and 1 are the middles of the outermost elements, else their outer edges
public record GridSample(Interpolation interpolation, Padding padding, boolean alignCorners) implements Spatial {
    /// What stands between elements.
    public enum Interpolation {
        NEAREST(1),
        LINEAR(2),
        CUBIC(4);

        private final int taps;

        Interpolation(int taps) {
            this.taps = taps;
        }

        /// How many elements count along an axis.
        public int taps() {
            return taps;
        }
    }

    /// What stands outside of an image.
    public enum Padding {
        /// Zeros.
        ZEROS,
        /// The outermost elements.
        BORDER,
        /// The image mirrored at its ends, again and again.
        REFLECTION
    }

    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Domain.NUMERIC.check(0, operands.tensor(0));
        operands.requireReal(1);
        Shape shape = operands.shape(0);
        Shape grid = operands.shape(1);
        boolean fits =
                shape.rank() > 2 && grid.rank() == shape.rank() && !grid.last().differsFrom(Dim.of(shape.rank() - 2L));
        TypeError.check(fits, "a grid %s does not fit an image %s", grid, shape);
        TypeError.check(!grid.dim(0).differsFrom(shape.dim(0)), "%s grids for %s images", grid.dim(0), shape.dim(0));
        Shape points = grid.slice(1, grid.rank() - 1);
        return ImmutableList.of(operands.tensor(0).withShape(shape.slice(0, 2).concat(points)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor image = evaluation.operand(0);
        Tensor grid = evaluation.operand(1);
        long[] sizes = evaluation.sizes(0);
        int axes = image.rank() - 2;
        Evaluation.check(grid.size(0) == image.size(0), "%s grids for %s images", grid.sizes(), image.sizes());
        Evaluation.check(grid.size(-1) == axes, "a grid %s for %s", grid.sizes(), image.sizes());
        var places = new GridPlaces(this, image.sizes(), grid.element() != ElementType.FLOAT64);
        int channels = image.size(1);
        int points = grid.count() / Math.max(1, axes * grid.size(0));
        int plane = places.plane();
        var samples = new double[Strides.count(sizes)];
        for (int i = 0; i < samples.length; i++) {
            int point = i / points / Math.max(1, channels) * points + i % points;
            samples[i] = places.sample(image, i / points * plane, grid.reals(), point * axes);
        }
        return ImmutableList.of(WeightedSums.stored(image.element(), samples, sizes));
    }
}
