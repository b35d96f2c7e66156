package dev.skive.runtime;

import dev.skive.runtime.WeightsEntry.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The constants of a model, outside the Java heap: a mapped weights file, or a copy of one that came as a stream.
///
/// A file is little-endian: a header, a table of entries, and the entries, each at a multiple of 64 bytes
/// (`docs/weights-format.md`). An entry lies there raw, or in panels: a matrix `[k, n]` of 32-bit floats is cut into
/// panels of [#panelColumns] columns, the last one padded with columns of zeros; panel follows panel, and inside a panel
/// row follows row. Floats that are integers of 8 bits may be stored so, a byte each. A kernel that computes one panel of a product thus reads its weights from front to back.
public final class Weights implements AutoCloseable {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final Arena arena;
    private final MemorySegment segment;
    private final WeightsIndex index;
    private final AtomicReferenceArray<float @Nullable [][]> rows;

    private Weights(Arena arena, MemorySegment segment, WeightsIndex index) {
        this.arena = arena;
        this.segment = segment.asReadOnly();
        this.index = index;
        this.rows = new AtomicReferenceArray<>(index.entries().size());
    }

    /// Maps a weights file into memory.
    ///
    /// @param expectedSha256 SHA-256 of the whole file in hexadecimal digits
    /// @throws UncheckedIOException when the file cannot be read, is damaged, or is not the one expected
    @SuppressWarnings("MustBeClosedChecker")
    public static Weights map(Path file, String expectedSha256) {
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(file)) {
            var segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            var index = WeightsIndex.decode(segment);
            var digest = new WeightsDigest();
            digest.add(segment);
            checkDigest(digest, expectedSha256);
            return new Weights(arena, segment, index);
        } catch (IOException | IllegalArgumentException e) {
            arena.close();
            throw damaged("weights file " + file, e);
        }
    }

    /// Reads a weights file from a stream, such as a resource on the class path, into memory outside the heap. The stream
    /// stays open.
    ///
    /// @param expectedSha256 SHA-256 of the whole file in hexadecimal digits
    /// @throws UncheckedIOException when the stream cannot be read, is damaged, or is not the one expected
    public static Weights load(InputStream stream, String expectedSha256) {
        var arena = Arena.ofShared();
        try {
            byte[] header = stream.readNBytes(WeightsIndex.HEADER_BYTES);
            long size = WeightsIndex.decodeHeader(MemorySegment.ofArray(header)).totalBytes();
            var segment = arena.allocate(size, WeightsIndex.ALIGNMENT);
            var digest = new WeightsDigest();
            digest.add(header, header.length);
            MemorySegment.copy(header, 0, segment, ValueLayout.JAVA_BYTE, 0, header.length);
            copy(stream, segment, digest);
            checkDigest(digest, expectedSha256);
            return new Weights(arena, segment, WeightsIndex.decode(segment));
        } catch (IOException | IllegalArgumentException | OutOfMemoryError e) {
            arena.close();
            throw damaged("weights stream", e);
        }
    }

    private static void copy(InputStream stream, MemorySegment segment, WeightsDigest digest) throws IOException {
        byte[] chunk = new byte[WeightsDigest.CHUNK];
        long at = WeightsIndex.HEADER_BYTES;
        for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
            if (count > segment.byteSize() - at) {
                throw new IOException("expected %d bytes, found more".formatted(segment.byteSize()));
            }
            MemorySegment.copy(chunk, 0, segment, ValueLayout.JAVA_BYTE, at, count);
            digest.add(chunk, count);
            at += count;
        }
        if (at < segment.byteSize()) {
            throw new IOException("expected %d bytes, found %d".formatted(segment.byteSize(), at));
        }
    }

    private static void checkDigest(WeightsDigest digest, String expected) throws IOException {
        String found = digest.hex();
        if (!found.equals(expected.toLowerCase(Locale.ROOT))) {
            throw new IOException("expected SHA-256 %s, found %s".formatted(expected, found));
        }
    }

    private static UncheckedIOException damaged(String what, Throwable cause) {
        return new UncheckedIOException(new IOException(what + ": " + cause.getMessage(), cause));
    }

    /// A part of these weights whose entries are numbered from 0. It shares the memory and ends with it.
    public Weights part(int first, int count) {
        return new Weights(arena, segment, index.part(first, count));
    }

    /// The whole file; read-only.
    public MemorySegment segment() {
        return segment;
    }

    /// Where an entry begins in the segment, in bytes.
    public long offset(int entry) {
        return index.entries().get(entry).offset();
    }

    /// The number of entries.
    public int count() {
        return index.entries().size();
    }

    /// What the table says about an entry.
    public WeightsEntry entry(int entry) {
        return index.entries().get(entry);
    }

    /// The number of columns of a panel.
    public int panelColumns() {
        return index.panelColumns();
    }

    /// A copy of a raw entry of 32-bit floats.
    public float[] floats(int entry) {
        return raw(entry, Float.SIZE).toArray(Panels.FLOAT);
    }

    /// A copy of a raw entry of 64-bit floats.
    public double[] doubles(int entry) {
        return raw(entry, Double.SIZE).toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ORDER));
    }

    /// A copy of a raw entry of 64-bit integers.
    public long[] longs(int entry) {
        return raw(entry, Long.SIZE).toArray(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER));
    }

    /// A copy of a raw entry of 32-bit integers.
    public int[] ints(int entry) {
        return raw(entry, Integer.SIZE).toArray(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER));
    }

    /// A copy of a raw entry of 16-bit integers or floats.
    public short[] shorts(int entry) {
        return raw(entry, Short.SIZE).toArray(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER));
    }

    /// A copy of the bytes of a raw entry of at most 8-bit elements.
    public byte[] bytes(int entry) {
        return raw(entry, Byte.SIZE).toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment raw(int entry, int bits) {
        WeightsEntry it = entry(entry);
        if (it.layout() != Layout.RAW || Math.max(it.kind().bits(), Byte.SIZE) != bits) {
            throw new IllegalArgumentException("expected a raw entry of %d-bit elements, found %s".formatted(bits, it));
        }
        return segment.asSlice(it.offset(), it.bytes());
    }

    /// The rows of a matrix of 32-bit floats, raw or in panels, also those stored as 8-bit integers, each as an array without padding. They are made at the
    /// first call and shared by all callers, who must not write to them.
    public float[][] rows(int entry) {
        float[][] known = rows.get(entry);
        if (known != null) {
            return known;
        }
        float[][] made = unpack(entry(entry));
        float[][] other = rows.compareAndExchange(entry, null, made);
        return other != null ? other : made;
    }

    private float[][] unpack(WeightsEntry entry) {
        if (entry.kind() != ElementKind.F32 && !entry.isNarrow()) {
            throw new IllegalArgumentException("expected a matrix of 32-bit floats, found " + entry);
        }
        var matrix = panels(entry, segment, index.panelColumns());
        float[][] unpacked = new float[Math.toIntExact(entry.rows())][];
        for (int row = 0; row < unpacked.length; row++) {
            unpacked[row] = matrix.row(row);
        }
        return unpacked;
    }

    private static Panels panels(WeightsEntry entry, MemorySegment segment, int panelColumns) {
        long width = entry.layout() == Layout.RAW ? Math.max(1, entry.columns()) : panelColumns;
        int size = entry.isNarrow() ? Byte.BYTES : Float.BYTES;
        return new Panels(segment, entry.offset(), size, entry.rows(), entry.columns(), width);
    }

    /// These weights when their panels have a number of columns already and hold floats. Otherwise a copy in memory whose
    /// entries have the same indices and other offsets, with floats in panels; these weights stay open.
    public Weights repacked(int newPanelColumns) {
        if (newPanelColumns == index.panelColumns() && index.entries().stream().noneMatch(WeightsEntry::isNarrow)) {
            return this;
        }
        var newIndex =
                WeightsIndex.layOut(newPanelColumns, index.entries().stream().map(WeightsEntry::widened).toList());
        var newArena = Arena.ofShared();
        var target = newArena.allocate(newIndex.totalBytes(), WeightsIndex.ALIGNMENT);
        MemorySegment.copy(
                newIndex.encode(), 0, target, ValueLayout.JAVA_BYTE, 0, Math.toIntExact(newIndex.frontBytes()));
        for (WeightsEntry entry : index.entries()) {
            WeightsEntry moved = newIndex.entries().get(entry.index());
            if (entry.layout() == Layout.RAW) {
                MemorySegment.copy(segment, entry.offset(), target, moved.offset(), entry.bytes());
            } else {
                panels(entry, segment, index.panelColumns()).copyTo(panels(moved, target, newPanelColumns));
            }
        }
        return new Weights(newArena, target, newIndex);
    }

    /// Releases the memory. Reading these weights afterwards fails, it does not crash.
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
