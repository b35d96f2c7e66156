package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryTest {
    @TempDir private Path folder;

    private Weights weights(WeightsWriter writer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        String sha256 = writer.write(bytes);
        Path file = folder.resolve("model.weights");
        Files.write(file, bytes.toByteArray());
        return Weights.map(file, sha256);
    }

    @Test
    void constantsAreFoundByTheNameOfTheirArray() throws IOException {
        var writer = new WeightsWriter(32);
        writer.addRaw("floats", ElementKind.F32, 1, 1, MemorySegment.ofArray(new float[] {9}));
        writer.addRaw("constants.floats", ElementKind.F32, 1, 2, MemorySegment.ofArray(new float[] {1, 2}));
        writer.addRaw("constants.doubles", ElementKind.F64, 1, 1, MemorySegment.ofArray(new double[] {3}));
        writer.addRaw("constants.longs", ElementKind.I64, 1, 1, MemorySegment.ofArray(new long[] {4}));
        writer.addRaw("constants.ints", ElementKind.I32, 1, 1, MemorySegment.ofArray(new int[] {5}));
        writer.addRaw("constants.shorts", ElementKind.I16, 1, 1, MemorySegment.ofArray(new short[] {6}));
        writer.addRaw("constants.bytes", ElementKind.I8, 1, 1, MemorySegment.ofArray(new byte[] {7}));
        Memory memory = Memory.constants(weights(writer));
        assertThat(memory.floats()).containsExactly(1, 2);
        assertThat(memory.doubles()).containsExactly(3);
        assertThat(memory.longs()).containsExactly(4);
        assertThat(memory.ints()).containsExactly(5);
        assertThat(memory.shorts()).containsExactly((short) 6);
        assertThat(memory.bytes()).containsExactly((byte) 7);
    }

    @Test
    void whatIsNotThereIsEmpty() throws IOException {
        var writer = new WeightsWriter(32);
        writer.addRaw("other", ElementKind.F32, 1, 1, MemorySegment.ofArray(new float[] {9}));
        Memory memory = Memory.constants(weights(writer));
        assertThat(memory.floats()).isEmpty();
        assertThat(memory.doubles()).isEmpty();
        assertThat(memory.longs()).isEmpty();
        assertThat(memory.ints()).isEmpty();
        assertThat(memory.shorts()).isEmpty();
        assertThat(memory.bytes()).isEmpty();
    }

    @Test
    void bytesAreBooleans() {
        assertThat(Memory.booleans(new byte[] {1, 0, 1, 1, 0}, 1, 3)).containsExactly(false, true, true);
        assertThat(Memory.booleans(new byte[0], 0, 0)).isEmpty();
    }
}
