package dev.skive.verify.real;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// A picture as the numbers in its file, 0 to 255, without any conversion of colours.
///
/// @param raster the numbers
record Picture(Raster raster) {
    /// The picture in a file.
    static Picture read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new AssertionError(file + " holds no picture");
        }
        return new Picture(image.getRaster());
    }

    int width() {
        return raster.getWidth();
    }

    int height() {
        return raster.getHeight();
    }

    /// Channel 0, 1, 2 for red, green, blue at a place, interpolated linearly between the centres of the elements.
    double at(int channel, double x, double y) {
        int band = Math.min(channel, raster.getNumBands() - 1);
        double column = Math.clamp(x, 0, width() - 1);
        double row = Math.clamp(y, 0, height() - 1);
        int left = (int) column;
        int top = (int) row;
        double above = between(band, left, top, column - left);
        double below = between(band, left, Math.min(top + 1, height() - 1), column - left);
        return above + (below - above) * (row - top);
    }

    private double between(int band, int left, int row, double part) {
        double first = raster.getSampleDouble(left, row, band);
        double second = raster.getSampleDouble(Math.min(left + 1, width() - 1), row, band);
        return first + (second - first) * part;
    }
}
