package dev.skive.ir.op;

import dev.skive.ir.eval.Tensor;

/// The elements that stand for places of a grid.
///
/// @param op how they are found
/// @param sizes the sizes of the images
/// @param single whether places are computed in float32
@SuppressWarnings("ArrayRecordComponent")
record GridPlaces(GridSample op, long[] sizes, boolean single) {
    private static final double SLOPE = -0.75;

    /// Elements of one image.
    int plane() {
        int plane = 1;
        for (int axis = 2; axis < sizes.length; axis++) {
            plane *= (int) sizes[axis];
        }
        return plane;
    }

    /// The sample of the image from `start` on, at the point from `at` on.
    double sample(Tensor image, int start, double[] grid, int at) {
        int axes = sizes.length - 2;
        int taps = op.interpolation().taps();
        int all = (int) Math.pow(taps, axes);
        double sum = 0;
        for (int tap = 0; tap < all; tap++) {
            double weight = 1;
            long element = 0;
            int rest = tap;
            long stride = 1;
            for (int axis = axes - 1; axis >= 0 && element >= 0; axis--) {
                long size = sizes[axis + 2];
                double place = place(grid[at + axes - 1 - axis], size);
                long index = inside((long) first(place) + rest % taps, size);
                weight *= weight(place, (long) first(place) + rest % taps);
                element = index < 0 ? -1 : element + index * stride;
                stride *= size;
                rest /= taps;
            }
            if (element >= 0) {
                int picked = start + (int) element;
                sum += weight * (image.element().isReal() ? image.reals()[picked] : image.integers()[picked]);
            }
        }
        return sum;
    }

    /// The place on an axis that a coordinate from -1 to 1 stands for.
    private double place(double coordinate, long size) {
        if (single) {
            float x = (float) coordinate;
            float place = op.alignCorners() ? (x + 1) / 2 * (size - 1) : ((x + 1) * size - 1) / 2;
            return moved(place);
        }
        double place = op.alignCorners() ? (coordinate + 1) / 2 * (size - 1) : ((coordinate + 1) * size - 1) / 2;
        return moved(place);
    }

    /// Places that are neither numbers nor near the image are far outside.
    private double moved(double place) {
        double limit = 4.0 * Integer.MAX_VALUE;
        return place > -limit && place < limit ? place : -limit;
    }

    private double first(double place) {
        return switch (op.interpolation()) {
            case NEAREST -> Math.rint(place);
            case LINEAR -> Math.floor(place);
            case CUBIC -> Math.floor(place) - 1;
        };
    }

    private double weight(double place, long index) {
        double distance = Math.abs(place - index);
        return switch (op.interpolation()) {
            case NEAREST -> 1;
            case LINEAR -> 1 - distance;
            case CUBIC -> WeightedSums.cubic(SLOPE, distance);
        };
    }

    /// The element an index stands for, -1 where it is a zero.
    private long inside(long index, long size) {
        return switch (op.padding()) {
            case ZEROS -> index >= 0 && index < size ? index : -1;
            case BORDER -> Math.clamp(index, 0, size - 1);
            case REFLECTION -> reflected(index, size);
        };
    }

    /// Mirrored at the middles of the outermost elements, or at their outer edges.
    private long reflected(long index, long size) {
        long period = op.alignCorners() ? Math.max(1, 2 * size - 2) : 2 * size;
        long within = Math.floorMod(index, period);
        return within < size ? within : period - within - (op.alignCorners() ? 0 : 1);
    }
}
