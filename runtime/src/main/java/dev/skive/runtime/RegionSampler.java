package dev.skive.runtime;

/// Finds the elements of an image around the samples in the bins of a region.
public final class RegionSampler {
    private final Raster raster;
    private final int height;
    private final int width;
    private final int[] places = new int[4];
    private final double[] weights = new double[4];
    private double startX;
    private double startY;
    private double binX;
    private double binY;
    private int down;
    private int across;

    /// The bins of every region.
    ///
    /// @param rows bins from top to bottom
    /// @param columns bins from left to right
    /// @param samples samples per bin and axis, 0 for as many as elements are covered
    /// @param scale factor of the coordinates
    /// @param halfPixel whether coordinates are moved by half an element; else regions are at least one element large
    /// @param single whether places are computed in float32
    public record Raster(int rows, int columns, int samples, float scale, boolean halfPixel, boolean single) {}

    /// A sampler of images of one size.
    public RegionSampler(Raster raster, int height, int width) {
        this.raster = raster;
        this.height = height;
        this.width = width;
    }

    private double rounded(double value) {
        return raster.single ? (float) value : value;
    }

    /// Sets the region by two of its corners.
    public void region(double left, double top, double right, double bottom) {
        startX = moved(left);
        startY = moved(top);
        binX = rounded(span(rounded(moved(right) - startX)) / raster.columns);
        binY = rounded(span(rounded(moved(bottom) - startY)) / raster.rows);
        across = raster.samples > 0 ? raster.samples : (int) Math.ceil(binX);
        down = raster.samples > 0 ? raster.samples : (int) Math.ceil(binY);
    }

    private double moved(double coordinate) {
        return rounded(rounded(coordinate * raster.scale) - (raster.halfPixel ? 0.5 : 0));
    }

    private double span(double found) {
        return raster.halfPixel ? found : Math.max(found, 1);
    }

    /// How many samples a bin of this region has.
    public int samples() {
        return Math.max(0, down) * Math.max(0, across);
    }

    /// Finds the elements around a sample of a bin, counted by rows.
    public void locate(int bin, int sample) {
        double y = place(startY, binY, bin / raster.columns, sample / across, down);
        double x = place(startX, binX, bin % raster.columns, sample % across, across);
        boolean outside = y < -1 || y > height || x < -1 || x > width;
        int top = Math.min((int) Math.max(0, y), height - 1);
        int left = Math.min((int) Math.max(0, x), width - 1);
        double lower = top == height - 1 ? 0 : rounded(Math.max(0, y) - top);
        double right = left == width - 1 ? 0 : rounded(Math.max(0, x) - left);
        for (int corner = 0; corner < places.length; corner++) {
            boolean below = corner >= 2;
            boolean later = corner % 2 == 1;
            double weight = (below ? lower : 1 - lower) * (later ? right : 1 - right);
            int row = Math.min(top + (below ? 1 : 0), height - 1);
            int column = Math.min(left + (later ? 1 : 0), width - 1);
            places[corner] = outside ? -1 : row * width + column;
            weights[corner] = weight;
        }
    }

    private double place(double start, double bin, int index, int sample, int samples) {
        double within = rounded(rounded(rounded(sample + 0.5) * bin) / samples);
        return rounded(rounded(start + rounded(index * bin)) + within);
    }

    /// Where one of the four elements is within the image, -1 for a sample outside.
    public int place(int corner) {
        return places[corner];
    }

    /// How much one of the four elements counts.
    public double weight(int corner) {
        return weights[corner];
    }
}
