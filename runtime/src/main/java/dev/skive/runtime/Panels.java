package dev.skive.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A matrix of 32-bit floats in a segment, cut into panels of `width` neighbouring columns. Panels follow each other;
/// inside a panel, row follows row with `width` floats each. The last panel is padded with columns of zeros. With a
/// width of all columns this is the ordinary row-major order.
///
/// @param segment where the matrix lies
/// @param offset where it begins, in bytes
/// @param rows the number of rows
/// @param columns the number of columns without padding
/// @param width the number of columns of a panel
record Panels(MemorySegment segment, long offset, long rows, long columns, long width) {
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private long position(long row, long column) {
        long panel = column / width;
        return offset + Float.BYTES * ((panel * rows + row) * width + column % width);
    }

    /// Copies all columns into a matrix of the same size with another width; padding is left as it is.
    void copyTo(Panels target) {
        long panelBytes = rows * target.width * Float.BYTES;
        for (long panel = 0; panel < Math.ceilDiv(columns, target.width); panel++) {
            copyPanel(panel, target.width, target.segment.asSlice(target.offset + panel * panelBytes, panelBytes));
        }
    }

    private long rest(long column) {
        return width - column % width;
    }

    /// Copies the rows of one panel of another width into a buffer of that width; padding is left as it is.
    void copyPanel(long panel, long panelWidth, MemorySegment buffer) {
        long first = panel * panelWidth;
        long last = Math.min(columns, first + panelWidth);
        for (long row = 0; row < rows; row++) {
            long run;
            for (long column = first; column < last; column += run) {
                run = Math.min(last - column, rest(column));
                long target = Float.BYTES * (row * panelWidth + column - first);
                MemorySegment.copy(segment, position(row, column), buffer, target, run * Float.BYTES);
            }
        }
    }

    /// One row as an array.
    float[] row(long row) {
        float[] values = new float[Math.toIntExact(columns)];
        for (int column = 0; column < values.length; column += (int) Math.min(width, columns)) {
            int run = (int) Math.min(width, columns - column);
            MemorySegment.copy(segment, FLOAT, position(row, column), values, column, run);
        }
        return values;
    }
}
