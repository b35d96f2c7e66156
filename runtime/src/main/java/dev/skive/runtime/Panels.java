package dev.skive.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A matrix of 32-bit floats or 8-bit integers in a segment, cut into panels of `width` neighbouring columns. Panels follow each other;
/// inside a panel, row follows row with `width` elements each. The last panel is padded with columns of zeros. With a
/// width of all columns this is the ordinary row-major order.
///
/// @param segment where the matrix lies
/// @param offset where it begins, in bytes
/// @param size bytes of an element
/// @param rows the number of rows
/// @param columns the number of columns without padding
/// @param width the number of columns of a panel
record Panels(MemorySegment segment, long offset, int size, long rows, long columns, long width) {
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private long position(long row, long column) {
        long panel = column / width;
        return offset + size * ((panel * rows + row) * width + column % width);
    }

    /// Copies all columns into a matrix of floats of the same size with another width; padding is left as it is.
    void copyTo(Panels target) {
        long count = rows * target.width;
        var narrow = MemorySegment.ofArray(new byte[size == Byte.BYTES ? Math.toIntExact(count) : 0]);
        for (long panel = 0; panel < Math.ceilDiv(columns, target.width); panel++) {
            var place = target.segment.asSlice(target.offset + panel * count * Float.BYTES, count * Float.BYTES);
            if (size == Byte.BYTES) {
                narrow.fill((byte) 0);
                copyPanel(panel, target.width, narrow);
                widen(narrow, place);
            } else {
                copyPanel(panel, target.width, place);
            }
        }
    }

    private static void widen(MemorySegment integers, MemorySegment floats) {
        for (long i = 0; i < integers.byteSize(); i++) {
            floats.set(FLOAT, i * Float.BYTES, integers.get(ValueLayout.JAVA_BYTE, i));
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
                long target = size * (row * panelWidth + column - first);
                MemorySegment.copy(segment, position(row, column), buffer, target, run * size);
            }
        }
    }

    /// One row as an array of floats.
    float[] row(long row) {
        float[] values = new float[Math.toIntExact(columns)];
        for (int column = 0; column < values.length; column += (int) Math.min(width, columns)) {
            int run = (int) Math.min(width, columns - column);
            if (size == Byte.BYTES) {
                for (int i = 0; i < run; i++) {
                    values[column + i] = segment.get(ValueLayout.JAVA_BYTE, position(row, column) + i);
                }
            } else {
                MemorySegment.copy(segment, FLOAT, position(row, column), values, column, run);
            }
        }
        return values;
    }
}
