package dev.skive.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skive.runtime.WeightsEntry.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The front part of a weights file: header and table of entries. `docs/weights-format.md` describes every field.
///
/// @param panelColumns columns of a panel of the entries in panels
/// @param entries the constants in file order
/// @param frontBytes size of header and table
/// @param totalBytes size of the whole file
record WeightsIndex(int panelColumns, List<WeightsEntry> entries, long frontBytes, long totalBytes) {
    static final int HEADER_BYTES = 64;
    static final int MAX_PANEL_COLUMNS = 4096;
    private static final int ENTRY_BYTES = 56;
    private static final int KIND_BYTES = 12;
    private static final int MAX_FRONT_BYTES = 1 << 28;
    static final long ALIGNMENT = 64;
    private static final byte[] MAGIC = "SKIVEWTS".getBytes(UTF_8);
    private static final int VERSION = 1;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// The index of a file that holds entries one after the other; their offsets and sizes are worked out here.
    ///
    /// @throws ArithmeticException when the file would be larger than a `long` holds
    static WeightsIndex layOut(int panelColumns, List<WeightsEntry> wanted) {
        long front = HEADER_BYTES;
        for (WeightsEntry entry : wanted) {
            front += ENTRY_BYTES + padded(entry.name().getBytes(UTF_8).length, 8);
        }
        front = padded(front, ALIGNMENT);
        long end = front;
        var entries = new ArrayList<WeightsEntry>();
        for (WeightsEntry entry : wanted) {
            long bytes = entry.size(panelColumns);
            entries.add(entry.at(entries.size(), end, bytes));
            end = Math.addExact(end, padded(bytes, ALIGNMENT));
        }
        return new WeightsIndex(panelColumns, List.copyOf(entries), front, end);
    }

    /// The same file, of which only some entries are seen, numbered from 0.
    WeightsIndex part(int first, int count) {
        var part = new ArrayList<WeightsEntry>();
        for (WeightsEntry entry : entries.subList(first, first + count)) {
            part.add(entry.at(part.size(), entry.offset(), entry.bytes()));
        }
        return new WeightsIndex(panelColumns, List.copyOf(part), frontBytes, totalBytes);
    }

    private static long padded(long bytes, long alignment) {
        return Math.multiplyExact(Math.ceilDiv(bytes, alignment), alignment);
    }

    /// Header and table as they stand in the file.
    byte[] encode() {
        byte[] bytes = new byte[Math.toIntExact(frontBytes)];
        var front = MemorySegment.ofArray(bytes);
        MemorySegment.copy(MAGIC, 0, front, ValueLayout.JAVA_BYTE, 0, MAGIC.length);
        front.set(INT, 8, VERSION);
        front.set(INT, 12, entries.size());
        front.set(INT, 16, panelColumns);
        front.set(LONG, 24, frontBytes);
        front.set(LONG, 32, totalBytes);
        long at = HEADER_BYTES;
        for (WeightsEntry entry : entries) {
            at = encode(entry, front, at);
        }
        return bytes;
    }

    private static long encode(WeightsEntry entry, MemorySegment front, long at) {
        byte[] name = entry.name().getBytes(UTF_8);
        byte[] kind = entry.kind().text().getBytes(UTF_8);
        front.set(LONG, at, entry.rows());
        front.set(LONG, at + 8, entry.columns());
        front.set(LONG, at + 16, entry.offset());
        front.set(LONG, at + 24, entry.bytes());
        MemorySegment.copy(kind, 0, front, ValueLayout.JAVA_BYTE, at + 32, kind.length);
        front.set(INT, at + 44, entry.layout().code());
        front.set(INT, at + 48, name.length);
        MemorySegment.copy(name, 0, front, ValueLayout.JAVA_BYTE, at + ENTRY_BYTES, name.length);
        return at + ENTRY_BYTES + padded(name.length, 8);
    }

    /// The header alone: an index without entries that tells the sizes.
    ///
    /// @throws IllegalArgumentException when these bytes cannot be the header of a weights file
    static WeightsIndex decodeHeader(MemorySegment header) {
        check(header.byteSize() >= HEADER_BYTES, "shorter than a header");
        byte[] magic = header.asSlice(0, MAGIC.length).toArray(ValueLayout.JAVA_BYTE);
        check(Arrays.equals(magic, MAGIC), "not a weights file");
        int version = header.get(INT, 8);
        check(version == VERSION, "expected version " + VERSION + ", found " + version);
        int panelColumns = header.get(INT, 16);
        check(panelColumns > 0 && panelColumns <= MAX_PANEL_COLUMNS, "panels of " + panelColumns + " columns");
        long front = header.get(LONG, 24);
        check(front >= HEADER_BYTES && front <= MAX_FRONT_BYTES && front % ALIGNMENT == 0, "table end at " + front);
        long total = header.get(LONG, 32);
        check(total >= front, "size " + total + " is less than that of its table, " + front);
        return new WeightsIndex(panelColumns, List.of(), front, total);
    }

    /// The index of a whole file.
    ///
    /// @throws IllegalArgumentException when an entry does not lie inside the file, or anything else is not as written
    static WeightsIndex decode(MemorySegment file) {
        WeightsIndex header = decodeHeader(file);
        check(
                header.totalBytes == file.byteSize(),
                "expected %d bytes, found %d".formatted(header.totalBytes, file.byteSize()));
        int count = file.get(INT, 12);
        check(count >= 0 && count <= (header.frontBytes - HEADER_BYTES) / ENTRY_BYTES, count + " entries");
        var table = file.asSlice(0, header.frontBytes);
        var entries = new ArrayList<WeightsEntry>();
        long at = HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            check(at + ENTRY_BYTES <= table.byteSize(), "entry " + i + " ends outside the table");
            int nameBytes = table.get(INT, at + 48);
            long end = at + ENTRY_BYTES + padded(nameBytes, 8);
            check(nameBytes >= 0 && end <= table.byteSize(), "the name of entry " + i + " ends outside the table");
            entries.add(header.decode(table.asSlice(at, ENTRY_BYTES + (long) nameBytes), i));
            at = end;
        }
        return new WeightsIndex(header.panelColumns, List.copyOf(entries), header.frontBytes, header.totalBytes);
    }

    private WeightsEntry decode(MemorySegment fields, int index) {
        var entry =
                new WeightsEntry(
                        index,
                        text(fields.asSlice(ENTRY_BYTES)),
                        ElementKind.of(text(fields.asSlice(32, KIND_BYTES)).replace("\0", "")),
                        Layout.of(fields.get(INT, 44)),
                        fields.get(LONG, 0),
                        fields.get(LONG, 8),
                        fields.get(LONG, 16),
                        fields.get(LONG, 24));
        checkPlace(entry);
        return entry;
    }

    private void checkPlace(WeightsEntry entry) {
        String what = "entry %d (%s)".formatted(entry.index(), entry.name());
        check(entry.rows() >= 0 && entry.columns() >= 0, what + " has a negative size");
        check(
                entry.layout() == Layout.RAW || entry.kind() == ElementKind.F32 || entry.isNarrow(),
                what + " is in panels, but not of 32-bit floats or 8-bit integers");
        long expected = size(entry, what);
        check(entry.bytes() == expected, "%s takes %d bytes, found %d".formatted(what, expected, entry.bytes()));
        long offset = entry.offset();
        check(
                offset >= frontBytes && offset <= totalBytes - entry.bytes() && offset % ALIGNMENT == 0,
                "%s lies at %d, outside the file or unaligned".formatted(what, offset));
    }

    private long size(WeightsEntry entry, String what) {
        try {
            return entry.size(panelColumns);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(what + " is too large", e);
        }
    }

    private static String text(MemorySegment bytes) {
        return new String(bytes.toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
