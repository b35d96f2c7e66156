package dev.skive.frontend.weights;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The parts of a `.npy` array along its first axis, read one after the other, so that the array never lies in memory.
public final class NpyRows implements AutoCloseable {
    private final InputStream in;
    private final String where;
    private final NpyHeader header;
    private final long count;
    private final long rowBytes;
    private long read;

    private NpyRows(InputStream in, String where, NpyHeader header, long maximumBytes) {
        this.in = in;
        this.where = where;
        this.header = new NpyHeader(header.element(), header.sizes().subArray(1, header.sizes().length()), false);
        this.count = header.sizes().get(0);
        this.rowBytes = Npy.checkedBytes(this.header, where, maximumBytes);
    }

    /// The rows of the array that a stream begins with. Closing them closes the stream.
    ///
    /// @param where names the file in messages
    /// @param maximumBytes a larger row is refused before anything is allocated for it
    /// @throws SkiveException when the bytes are no such array, or one without a first axis, or stored column by column
    public static NpyRows open(InputStream in, String where, long maximumBytes) throws IOException {
        try {
            NpyHeader header = Npy.header(in, where);
            if (header.sizes().isEmpty()) {
                throw new SkiveException(
                        ExitCode.USAGE, where + ": a single number, expected an array whose first axis counts samples");
            }
            if (header.byColumns() && header.sizes().length() > 1) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        where
                                + ": stored column by column, so samples are not together; store it row by row with "
                                + "numpy.ascontiguousarray");
            }
            return new NpyRows(in, where, header, maximumBytes);
        } catch (EOFException e) {
            throw new SkiveException(ExitCode.INVALID_MODEL, where + ": the file ends before its array does", e);
        }
    }

    /// How many rows there are.
    public long count() {
        return count;
    }

    /// The type of their elements.
    public ElementType element() {
        return header.element();
    }

    /// The sizes of a row.
    public long[] rowSizes() {
        return header.sizes().toArray();
    }

    /// Whether there is another row.
    public boolean hasNext() {
        return read < count;
    }

    /// The next row.
    ///
    /// @throws SkiveException when the file ends before it
    /// @throws java.util.NoSuchElementException when there is none
    public TensorData next() throws IOException {
        if (!hasNext()) {
            throw new java.util.NoSuchElementException(where + " has " + count + " rows");
        }
        try {
            read++;
            return TensorData.wrap(header.element(), rowSizes(), Npy.data(in, header, rowBytes));
        } catch (EOFException e) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, "%s: the file ends within row %d of %d".formatted(where, read, count), e);
        }
    }

    @Override
    public String toString() {
        return "%s: %d rows of %s%s".formatted(where, count, header.element(), Arrays.toString(rowSizes()));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
