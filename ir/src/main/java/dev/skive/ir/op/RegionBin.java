package dev.skive.ir.op;

import dev.skive.ir.eval.Tensor;

/// The bins of one region of an image.
final class RegionBin {
    private final RoiAlign op;
    private final Tensor images;
    private final boolean single;
    private double startX;
    private double startY;
    private double binX;
    private double binY;

    /// The bins of regions; `single` says whether places are computed in float32.
    RegionBin(RoiAlign op, Tensor images, boolean single) {
        this.op = op;
        this.images = images;
        this.single = single;
    }

    private double rounded(double value) {
        return single ? (float) value : value;
    }

    /// Sets the region by four coordinates.
    void region(double[] coordinates, int at) {
        double scale = (float) op.scale();
        double moved = op.halfPixel() ? 0.5 : 0;
        startX = rounded(rounded(coordinates[at] * scale) - moved);
        startY = rounded(rounded(coordinates[at + 1] * scale) - moved);
        double spanX = rounded(rounded(rounded(coordinates[at + 2] * scale) - moved) - startX);
        double spanY = rounded(rounded(rounded(coordinates[at + 3] * scale) - moved) - startY);
        binX = rounded((op.halfPixel() ? spanX : Math.max(spanX, 1)) / op.columns());
        binY = rounded((op.halfPixel() ? spanY : Math.max(spanY, 1)) / op.rows());
    }

    private int samples(double bin) {
        return op.samples() > 0 ? op.samples() : (int) Math.ceil(bin);
    }

    /// The value of a bin, the image starting at an element.
    double value(int row, int column, int image) {
        int down = Math.max(0, samples(binY));
        int across = Math.max(0, samples(binX));
        double sum = 0;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < down * across; i++) {
            double y = place(startY, binY, row, i / across, down);
            double x = place(startX, binX, column, i % across, across);
            for (int corner = 0; corner < 4; corner++) {
                double part = part(x, y, corner, image);
                sum += part;
                greatest = Math.max(greatest, part);
            }
        }
        if (op.maximum()) {
            return down > 0 && across > 0 ? greatest : 0;
        }
        return sum / Math.max(1, down * across);
    }

    private double place(double start, double bin, int index, int sample, int samples) {
        double within = rounded(rounded(rounded(sample + 0.5) * bin) / samples);
        return rounded(rounded(start + rounded(index * bin)) + within);
    }

    /// One of the four elements around a place, times its weight.
    private double part(double x, double y, int corner, int image) {
        int height = images.size(2);
        int width = images.size(3);
        if (y < -1 || y > height || x < -1 || x > width) {
            return 0;
        }
        int top = Math.min((int) Math.max(0, y), height - 1);
        int left = Math.min((int) Math.max(0, x), width - 1);
        double down = top == height - 1 ? 0 : rounded(Math.max(0, y) - top);
        double right = left == width - 1 ? 0 : rounded(Math.max(0, x) - left);
        boolean lower = corner >= 2;
        boolean later = corner % 2 == 1;
        double weight = (lower ? down : 1 - down) * (later ? right : 1 - right);
        int row = Math.min(top + (lower ? 1 : 0), height - 1);
        int column = Math.min(left + (later ? 1 : 0), width - 1);
        return weight * images.reals()[image + row * width + column];
    }
}
