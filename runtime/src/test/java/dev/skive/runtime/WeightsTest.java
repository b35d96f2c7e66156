package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.runtime.WeightsEntry.Layout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WeightsTest {
    private static final int ROWS = 5;
    private static final int COLUMNS = 70;

    @TempDir private Path folder;

    private byte[] file = {};
    private String sha256 = "";

    @BeforeEach
    void write() throws IOException {
        var bytes = new ByteArrayOutputStream();
        sha256 = writer(32).write(bytes);
        file = bytes.toByteArray();
    }

    private static WeightsWriter writer(int panelColumns) {
        var writer = new WeightsWriter(panelColumns);
        writer.addPanels("layer 0 / Wq", ROWS, COLUMNS, MemorySegment.ofArray(matrix(ROWS, COLUMNS)));
        writer.addRaw("bias", ElementKind.F32, 1, 3, MemorySegment.ofArray(new float[] {1, 2, 3}));
        writer.addRaw("ids", ElementKind.I64, 1, 2, MemorySegment.ofArray(new long[] {-1, 1L << 40}));
        writer.addRaw("größe", ElementKind.I32, 1, 1, MemorySegment.ofArray(new int[] {7}));
        writer.addRaw("half", ElementKind.BF16, 1, 2, MemorySegment.ofArray(new short[] {8, -9}));
        writer.addRaw("nibbles", ElementKind.I4, 1, 3, MemorySegment.ofArray(new byte[] {0x21, 0x03}));
        writer.addRaw("double", ElementKind.F64, 1, 1, MemorySegment.ofArray(new double[] {Math.PI}));
        writer.addRaw("empty", ElementKind.F32, 0, 4, MemorySegment.ofArray(new float[0]));
        return writer;
    }

    private static float[] matrix(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return values;
    }

    private Weights load() {
        return Weights.load(new ByteArrayInputStream(file), sha256);
    }

    private static void checkContents(Weights weights) {
        assertThat(weights.count()).isEqualTo(8);
        for (int row = 0; row < ROWS; row++) {
            float[] expected = Arrays.copyOfRange(matrix(ROWS, COLUMNS), row * COLUMNS, (row + 1) * COLUMNS);
            assertThat(weights.rows(0)[row]).containsExactly(expected);
        }
        assertThat(weights.rows(0)).isSameAs(weights.rows(0));
        assertThat(weights.floats(1)).containsExactly(1, 2, 3);
        assertThat(weights.rows(1)[0]).containsExactly(1, 2, 3);
        assertThat(weights.longs(2)).containsExactly(-1, 1L << 40);
        assertThat(weights.ints(3)).containsExactly(7);
        assertThat(weights.shorts(4)).containsExactly((short) 8, (short) -9);
        assertThat(weights.bytes(5)).containsExactly(0x21, 0x03);
        assertThat(weights.doubles(6)).containsExactly(Math.PI);
        assertThat(weights.floats(7)).isEmpty();
        assertThat(weights.entry(0).layout()).isEqualTo(Layout.PANELS);
        assertThat(weights.entry(0).name()).isEqualTo("layer 0 / Wq");
        assertThat(weights.entry(3).name()).isEqualTo("größe");
        for (int i = 0; i < weights.count(); i++) {
            assertThat(weights.offset(i) % 64).isZero();
            assertThat(weights.offset(i)).isEqualTo(weights.entry(i).offset());
        }
    }

    @Test
    void whatIsWrittenIsReadFromAStream() {
        try (Weights weights = load()) {
            checkContents(weights);
        }
    }

    @Test
    void whatIsWrittenIsReadFromAFile() throws IOException {
        Path path = folder.resolve("model.weights");
        assertThat(writer(32).write(path)).isEqualTo(sha256);
        assertThat(path).hasBinaryContent(file);
        try (Weights weights = Weights.map(path, sha256)) {
            checkContents(weights);
            assertThat(weights.segment().isReadOnly()).isTrue();
        }
    }

    @Test
    void panelsAreRowAfterRowAndPadded() {
        try (Weights weights = load()) {
            var segment = weights.segment();
            long at = weights.offset(0) + (long) Float.BYTES * 32 * ROWS * 2; // the third panel, of columns 64 to 70
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < 32; column++, at += Float.BYTES) {
                    float expected = column < COLUMNS - 64 ? row * COLUMNS + 64 + column + 1 : 0;
                    assertThat(segment.get(ValueLayout.JAVA_FLOAT, at)).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16, 24, 48, 64, 128})
    void repackedWeightsAreAsIfWrittenThatWay(int panelColumns) throws IOException {
        var expected = new ByteArrayOutputStream();
        writer(panelColumns).write(expected);
        try (Weights packed = load();
                Weights repacked = packed.repacked(panelColumns)) {
            assertThat(repacked.panelColumns()).isEqualTo(panelColumns);
            checkContents(repacked);
            assertThat(repacked.segment().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected.toByteArray());
            checkContents(packed);
        }
    }

    @Test
    void weightsThatFitAreNotRepacked() {
        try (Weights weights = load()) {
            assertThat(weights.repacked(32)).isSameAs(weights);
        }
    }

    @Property
    void matricesOfAnySizeComeBack(
            @ForAll @IntRange(max = 9) int rows,
            @ForAll @IntRange(max = 100) int columns,
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int newWidth)
            throws IOException {
        var writer = new WeightsWriter(width);
        float[] values = matrix(rows, columns);
        writer.addPanels("w", rows, columns, MemorySegment.ofArray(values));
        var bytes = new ByteArrayOutputStream();
        String digest = writer.write(bytes);
        try (Weights loaded = Weights.load(new ByteArrayInputStream(bytes.toByteArray()), digest);
                Weights weights = loaded.repacked(newWidth)) {
            assertThat(weights.rows(0)).hasDimensions(rows, rows == 0 ? 0 : columns);
            for (int row = 0; row < rows; row++) {
                assertThat(weights.rows(0)[row])
                        .isEqualTo(Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
            }
        }
    }

    /// Integers in panels are floats for whoever reads them.
    @Property
    void narrowMatricesComeBackAsFloats(
            @ForAll @IntRange(max = 9) int rows,
            @ForAll @IntRange(max = 100) int columns,
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int newWidth)
            throws IOException {
        byte[] integers = new byte[rows * columns];
        float[] floats = new float[rows * columns];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (byte) (i * 37 - 128);
            floats[i] = integers[i];
        }
        var narrow = new WeightsWriter(width);
        narrow.addNarrowPanels("w", rows, columns, MemorySegment.ofArray(integers));
        narrow.addRaw("ids", ElementKind.I8, 1, integers.length, MemorySegment.ofArray(integers));
        var wide = new WeightsWriter(newWidth);
        wide.addPanels("w", rows, columns, MemorySegment.ofArray(floats));
        wide.addRaw("ids", ElementKind.I8, 1, integers.length, MemorySegment.ofArray(integers));
        var bytes = new ByteArrayOutputStream();
        String digest = narrow.write(bytes);
        var expected = new ByteArrayOutputStream();
        wide.write(expected);
        try (Weights loaded = Weights.load(new ByteArrayInputStream(bytes.toByteArray()), digest);
                Weights weights = loaded.repacked(newWidth)) {
            assertThat(weights.segment().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected.toByteArray());
            assertThat(loaded.rows(0)).isDeepEqualTo(weights.rows(0));
            assertThat(loaded.bytes(1)).isEqualTo(integers);
        }
    }

    @Test
    void anotherDigestIsReported() throws IOException {
        Path path = Files.write(folder.resolve("other.weights"), file);
        String other = "0".repeat(64);
        assertThatThrownBy(() -> Weights.map(path, other))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll(path.toString(), other, sha256);
        assertThatThrownBy(() -> Weights.load(new ByteArrayInputStream(file), other))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll(other, sha256);
    }

    @Test
    void everyFlippedByteIsNoticed() {
        for (int at = 0; at < file.length; at++) {
            file[at] ^= 0x41;
            assertThatThrownBy(this::load).as("byte %d", at).isInstanceOf(UncheckedIOException.class);
            file[at] ^= 0x41;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 500, 1000})
    void truncatedFilesAreRefused(int length) throws IOException {
        Path path = Files.write(folder.resolve("short.weights"), Arrays.copyOf(file, length));
        assertThatThrownBy(() -> Weights.map(path, sha256))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(path.toString());
        file = Arrays.copyOf(file, length);
        assertThatThrownBy(this::load).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void longerFilesAreRefused() {
        file = Arrays.copyOf(file, file.length + 1);
        assertThatThrownBy(this::load).isInstanceOf(UncheckedIOException.class).hasMessageContaining("found more");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Weights.map(folder.resolve("none.weights"), sha256))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.weights");
    }

    /// Damage that the digest would find too, but that must not do harm before the digest is looked at.
    @ParameterizedTest
    @CsvSource({
        "12, 2147483647, entries",
        "12, -1, entries",
        "16, 0, panels",
        "24, -64, table end",
        "32, 0, size",
        "64, -1, negative",
        "64, 9223372036854775807, too large",
        "72, 4611686018427387904, too large",
        "80, 0, outside the file",
        "80, 9223372036854775744, outside the file",
        "80, -64, outside the file",
        "88, 1, bytes",
        "108, 9, unknown layout",
        "112, 2147483647, ends outside",
        "112, -1, ends outside"
    })
    void damagedFieldsAreNamed(int position, long value, String problem) throws IOException {
        var buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (position == 12 || position == 16 || position >= 108) {
            buffer.putInt(position, (int) value);
        } else {
            buffer.putLong(position, value);
        }
        Path path = Files.write(folder.resolve("damaged.weights"), file);
        assertThatThrownBy(() -> Weights.map(path, sha256))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aHugeClaimIsRefusedBeforeItIsRead() {
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(32, 1L << 60);
        assertThatThrownBy(this::load).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aStreamMayComeInPieces() {
        var dripping =
                new InputStream() {
                    private final InputStream whole = new ByteArrayInputStream(file);

                    @Override
                    public int read() throws IOException {
                        return whole.read();
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        return whole.read(target, offset, Math.min(length, 7));
                    }
                };
        try (Weights weights = Weights.load(dripping, sha256)) {
            checkContents(weights);
        }
    }

    @Test
    void readersCheckTheKind() {
        try (Weights weights = load()) {
            assertThatThrownBy(() -> weights.floats(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> weights.longs(1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> weights.rows(2)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theWriterChecksSizes() {
        var writer = new WeightsWriter(32);
        assertThatThrownBy(() -> writer.addPanels("w", 2, 2, MemorySegment.ofArray(new float[5])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("w: f32[2, 2] takes 16 bytes, found 20");
        assertThatThrownBy(() -> new WeightsWriter(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closedWeightsFailCleanly() {
        Weights weights = load();
        weights.close();
        weights.close();
        assertThatThrownBy(() -> weights.floats(1)).isInstanceOf(IllegalStateException.class);
    }
}
