package dev.skive.frontend.weights;

import com.google.common.primitives.ImmutableLongArray;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// NumPy's `.npy` format, versions 1 to 3: little-endian numbers and booleans. Arrays that are stored
/// column by column are put into row-major order.
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int PREFIX = MAGIC.length + 2;
    private static final int MAXIMUM_HEADER = 1 << 16;
    private static final int CHUNK = 1 << 16;
    private static final long FIRST_PART = 1 << 20;

    private Npy() {}

    /// Reads an array up to the end of its data; what follows stays in the stream.
    ///
    /// @param where names the file in messages
    /// @param maximumBytes a larger array is refused before anything is allocated for it
    /// @throws SkiveException when the bytes are not such an array
    public static TensorData read(InputStream in, String where, long maximumBytes) throws IOException {
        try {
            NpyHeader header = header(in, where);
            MemorySegment data = data(in, header, checkedBytes(header, where, maximumBytes));
            return header.byColumns()
                    ? Columns.toRows(header.element(), header.sizes(), data)
                    : TensorData.wrap(header.element(), header.sizes().toArray(), data);
        } catch (EOFException e) {
            throw new SkiveException(ExitCode.INVALID_MODEL, where + ": the file ends before its array does", e);
        }
    }

    /// Writes an array as version 1.
    ///
    /// @throws SkiveException when NumPy has no such element type
    public static void write(TensorData data, OutputStream out) throws IOException {
        String text = new NpyHeader(data.element(), ImmutableLongArray.copyOf(data.sizes()), false).print();
        int unpadded = PREFIX + Short.BYTES + text.length() + 1;
        int padding = Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT - unpadded;
        byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(1);
        out.write(0);
        out.write(header.length & 0xFF);
        out.write(header.length >> 8);
        out.write(header);
        var chunk = new byte[CHUNK];
        for (long at = 0; at < data.bytes().byteSize(); at += CHUNK) {
            int size = (int) Math.min(CHUNK, data.bytes().byteSize() - at);
            MemorySegment.copy(data.bytes(), at, MemorySegment.ofArray(chunk), 0, size);
            out.write(chunk, 0, size);
        }
    }

    /// What the stream says of the array that follows.
    static NpyHeader header(InputStream in, String where) throws IOException {
        byte[] prefix = in.readNBytes(PREFIX);
        if (prefix.length < PREFIX || !Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new SkiveException(ExitCode.INVALID_MODEL, where + ": not a NumPy file");
        }
        int version = prefix[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, "%s: version %d of the format is not read".formatted(where, version));
        }
        ByteBuffer length = ByteBuffer.wrap(exactly(in, version == 1 ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        long size = version == 1 ? Short.toUnsignedLong(length.getShort()) : Integer.toUnsignedLong(length.getInt());
        if (size > MAXIMUM_HEADER) {
            throw new SkiveException(
                    ExitCode.REFUSED,
                    "%s: a header of %d bytes, the limit is %d".formatted(where, size, MAXIMUM_HEADER));
        }
        return NpyHeader.parse(new String(exactly(in, (int) size), StandardCharsets.UTF_8), where);
    }

    /// The bytes of an array, if they are not too many.
    static long checkedBytes(NpyHeader header, String where, long maximumBytes) {
        long bytes;
        try {
            long count = header.sizes().stream().reduce(1, Math::multiplyExact);
            bytes = header.element().bytes(count);
        } catch (ArithmeticException e) {
            bytes = Long.MAX_VALUE;
        }
        if (bytes > maximumBytes) {
            throw new SkiveException(
                    ExitCode.REFUSED,
                    "%s: an array of shape %s exceeds the limit of %d bytes"
                            .formatted(where, header.sizes(), maximumBytes));
        }
        return bytes;
    }

    /// The bytes of an array. Memory is taken as bytes arrive, since a header can announce any number of them.
    static MemorySegment data(InputStream in, NpyHeader header, long bytes) throws IOException {
        MemorySegment data = allocate(header, Math.min(bytes, FIRST_PART));
        for (long at = 0; at < bytes; at += CHUNK) {
            byte[] chunk = exactly(in, (int) Math.min(CHUNK, bytes - at));
            if (at + chunk.length > data.byteSize()) {
                MemorySegment larger = allocate(header, Math.min(bytes, 2 * data.byteSize()));
                data = larger.copyFrom(data);
            }
            MemorySegment.copy(MemorySegment.ofArray(chunk), 0, data, at, chunk.length);
        }
        return data;
    }

    private static MemorySegment allocate(NpyHeader header, long bytes) {
        return TensorData.allocate(header.element(), bytes * Byte.SIZE / header.element().bits());
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }
}
