package dev.skive.runtime;

/// The bins of a region along one axis of an image.
public final class RegionBins {
    private final int count;
    private final float scale;
    private final boolean single;
    private final int size;
    private double start;
    private double width;

    /// The bins of every region.
    ///
    /// @param count how many there are
    /// @param scale factor of the coordinates
    /// @param single whether places are computed in float32
    /// @param size elements of the image along the axis
    public RegionBins(int count, float scale, boolean single, int size) {
        this.count = count;
        this.scale = scale;
        this.single = single;
        this.size = size;
    }

    /// The number of an image.
    ///
    /// @throws IndexOutOfBoundsException when there is no such image
    public static int image(double number, int images) {
        if ((int) number < 0 || (int) number >= images) {
            throw new IndexOutOfBoundsException("a region of image %s of %d".formatted(number, images));
        }
        return (int) number;
    }

    /// Sets the region by two coordinates, both inside.
    public void region(double first, double last) {
        start = place(first);
        width = rounded(Math.max(place(last) - start + 1, 1) / count);
    }

    private double place(double coordinate) {
        double scaled = rounded(coordinate * scale);
        return Math.copySign(Math.floor(Math.abs(scaled) + 0.5), scaled);
    }

    private double rounded(double value) {
        return single ? (float) value : value;
    }

    /// The first element of a bin.
    public int start(int bin) {
        return (int) Math.clamp(Math.floor(rounded(bin * width)) + start, 0, size);
    }

    /// The element after the last one of a bin.
    public int end(int bin) {
        return (int) Math.clamp(Math.ceil(rounded((bin + 1) * width)) + start, 0, size);
    }
}
