package dev.skive.runtime;

import dev.skive.runtime.WeightsEntry.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes a weights file. Values stay in the segments they come in until the file is written, and no more than one panel
/// of one matrix is held in memory beside them.
public final class WeightsWriter {
    private final int panelColumns;
    private final List<WeightsEntry> entries = new ArrayList<>();
    private final List<MemorySegment> sources = new ArrayList<>();

    /// A writer of a file whose panels have a number of columns.
    public WeightsWriter(int panelColumns) {
        if (panelColumns < 1 || panelColumns > WeightsIndex.MAX_PANEL_COLUMNS) {
            throw new IllegalArgumentException(
                    "expected panels of 1 to %d columns, found %d"
                            .formatted(WeightsIndex.MAX_PANEL_COLUMNS, panelColumns));
        }
        this.panelColumns = panelColumns;
    }

    /// Adds a constant as it is: row-major, little-endian. A vector has one row.
    ///
    /// @return the index of the entry
    /// @throws IllegalArgumentException when the segment does not have exactly the bytes that the sizes ask for
    public int addRaw(String name, ElementKind kind, long rows, long columns, MemorySegment values) {
        return add(new WeightsEntry(entries.size(), name, kind, Layout.RAW, rows, columns, 0, 0), values);
    }

    /// Adds a matrix of 32-bit floats, given row-major and little-endian, to be laid out in panels.
    ///
    /// @return the index of the entry
    /// @throws IllegalArgumentException when the segment does not have exactly the bytes that the sizes ask for
    public int addPanels(String name, long rows, long columns, MemorySegment values) {
        return add(new WeightsEntry(entries.size(), name, ElementKind.F32, Layout.PANELS, rows, columns, 0, 0), values);
    }

    /// Adds a matrix of 32-bit floats that are integers of 8 bits, given so, to be laid out in panels.
    ///
    /// @return the index of the entry
    /// @throws IllegalArgumentException when the segment does not have exactly the bytes that the sizes ask for
    public int addNarrowPanels(String name, long rows, long columns, MemorySegment values) {
        return add(new WeightsEntry(entries.size(), name, ElementKind.I8, Layout.PANELS, rows, columns, 0, 0), values);
    }

    private int add(WeightsEntry entry, MemorySegment values) {
        long expected = entry.kind().bytes(Math.multiplyExact(entry.rows(), entry.columns()));
        if (entry.rows() < 0 || entry.columns() < 0 || values.byteSize() != expected) {
            throw new IllegalArgumentException(
                    "%s: %s[%d, %d] takes %d bytes, found %d"
                            .formatted(
                                    entry.name(),
                                    entry.kind().text(),
                                    entry.rows(),
                                    entry.columns(),
                                    expected,
                                    values.byteSize()));
        }
        entries.add(entry);
        sources.add(values);
        return entry.index();
    }

    /// Writes the file.
    ///
    /// @return SHA-256 of the whole file in lower-case hexadecimal digits, as `sha256sum` prints it
    public String write(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            return write(out);
        }
    }

    /// Writes what the file would hold; the stream stays open.
    ///
    /// @return SHA-256 of all bytes in lower-case hexadecimal digits
    public String write(OutputStream out) throws IOException {
        var index = WeightsIndex.layOut(panelColumns, entries);
        var sink = new Sink(out);
        sink.write(MemorySegment.ofArray(index.encode()));
        for (WeightsEntry entry : index.entries()) {
            var source = sources.get(entry.index());
            switch (entry.layout()) {
                case RAW -> sink.write(source);
                case PANELS -> writePanels(entry, source, sink);
            }
            sink.align();
        }
        return sink.digest.hex();
    }

    private void writePanels(WeightsEntry entry, MemorySegment source, Sink sink) throws IOException {
        if (entry.bytes() == 0) {
            return;
        }
        int size = entry.isNarrow() ? Byte.BYTES : Float.BYTES;
        var matrix = new Panels(source, 0, size, entry.rows(), entry.columns(), entry.columns());
        long panels = Math.ceilDiv(entry.columns(), (long) panelColumns);
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(entry.bytes() / panels);
            for (long panel = 0; panel < panels; panel++) {
                if (panel == panels - 1) {
                    buffer.fill((byte) 0);
                }
                matrix.copyPanel(panel, panelColumns, buffer);
                sink.write(buffer);
            }
        }
    }

    /// The stream, with the digest and the number of the bytes written.
    private static final class Sink {
        private final OutputStream out;
        private final WeightsDigest digest = new WeightsDigest();
        private final byte[] chunk = new byte[WeightsDigest.CHUNK];
        private long written;

        Sink(OutputStream out) {
            this.out = out;
        }

        void write(MemorySegment bytes) throws IOException {
            for (long at = 0; at < bytes.byteSize(); at += chunk.length) {
                int count = (int) Math.min(chunk.length, bytes.byteSize() - at);
                MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
                digest.add(chunk, count);
                out.write(chunk, 0, count);
                written += count;
            }
        }

        void align() throws IOException {
            write(MemorySegment.ofArray(new byte[(int) (-written & WeightsIndex.ALIGNMENT - 1)]));
        }
    }
}
