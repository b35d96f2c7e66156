package dev.skive.runtime;

/// Finds the elements of an image that stand for a place between them: `taps` per axis, with weights.
public final class GridSampler {
    private static final double SLOPE = -0.75;
    private static final double FAR = 4.0 * Integer.MAX_VALUE;

    /// What stands outside of an image.
    public enum Padding {
        ZEROS,
        BORDER,
        REFLECTION
    }

    private final int taps;
    private final Padding padding;
    private final boolean alignCorners;
    private final boolean single;
    private final int[] sizes;
    private final double[] coordinates;
    private final int[] places;
    private final double[] weights;

    /// A sampler of images.
    ///
    /// @param taps 1 for the nearest element, 2 for linear interpolation, 4 for cubic convolution
    /// @param padding what stands outside
    /// @param alignCorners whether -1 and 1 are the middles of the outermost elements, else their outer edges
    /// @param single whether places are computed in float32
    /// @param sizes the sizes of an image
    public GridSampler(int taps, Padding padding, boolean alignCorners, boolean single, int... sizes) {
        this.taps = taps;
        this.padding = padding;
        this.alignCorners = alignCorners;
        this.single = single;
        this.sizes = sizes.clone();
        this.coordinates = new double[sizes.length];
        int count = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            count *= taps;
        }
        this.places = new int[count];
        this.weights = new double[count];
    }

    /// Sets one coordinate of the place, the last axis first, from -1 to 1.
    public void set(int index, double coordinate) {
        coordinates[sizes.length - 1 - index] = coordinate;
    }

    /// Finds the elements for the coordinates set.
    public void locate() {
        for (int tap = 0; tap < places.length; tap++) {
            double weight = 1;
            long element = 0;
            int rest = tap;
            int stride = 1;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                double place = place(coordinates[axis], sizes[axis]);
                long index = first(place) + rest % taps;
                long inside = inside(index, sizes[axis]);
                weight *= weight(Math.abs(place - index));
                element = inside < 0 || element < 0 ? -1 : element + inside * stride;
                stride *= sizes[axis];
                rest /= taps;
            }
            places[tap] = (int) element;
            weights[tap] = weight;
        }
    }

    /// How many elements were found, zeros outside included.
    public int count() {
        return places.length;
    }

    /// Where an element that was found is within the image, -1 for a zero outside.
    public int place(int tap) {
        return places[tap];
    }

    /// How much an element that was found counts.
    public double weight(int tap) {
        return weights[tap];
    }

    private double place(double coordinate, int size) {
        double place;
        if (single) {
            float x = (float) coordinate;
            place = alignCorners ? (x + 1) / 2 * (size - 1) : ((x + 1) * size - 1) / 2;
        } else {
            place = alignCorners ? (coordinate + 1) / 2 * (size - 1) : ((coordinate + 1) * size - 1) / 2;
        }
        return place > -FAR && place < FAR ? place : -FAR;
    }

    private long first(double place) {
        if (taps == 1) {
            return (long) Math.rint(place);
        }
        return (long) Math.floor(place) - (taps == 4 ? 1 : 0);
    }

    private double weight(double distance) {
        if (taps == 1) {
            return 1;
        }
        if (taps == 2) {
            return 1 - distance;
        }
        return distance < 1
                ? ((SLOPE + 2) * distance - (SLOPE + 3)) * distance * distance + 1
                : ((distance - 5) * distance + 8) * distance * SLOPE - 4 * SLOPE;
    }

    private long inside(long index, int size) {
        return switch (padding) {
            case ZEROS -> index >= 0 && index < size ? index : -1;
            case BORDER -> Math.clamp(index, 0L, size - 1L);
            case REFLECTION -> reflected(index, size);
        };
    }

    private long reflected(long index, int size) {
        long period = alignCorners ? Math.max(1, 2L * size - 2) : 2L * size;
        long within = Math.floorMod(index, period);
        return within < size ? within : period - within - (alignCorners ? 0 : 1);
    }
}
