package dev.skive.frontend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsWriterTest {
    @TempDir private Path folder;

    private static Map<String, TensorData> everyType() {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        var random = new Random(3);
        for (ElementType element : ElementType.values()) {
            for (long[] sizes : List.of(new long[] {3, 5}, new long[0], new long[] {0, 2}, new long[] {4, 2})) {
                if (element != ElementType.STRING) {
                    var bytes = TensorData.allocate(element, Arrays.stream(sizes).reduce(1, Math::multiplyExact));
                    for (long i = 0; i < bytes.byteSize(); i++) {
                        bytes.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
                    }
                    tensors.put(element + Arrays.toString(sizes), TensorData.wrap(element, sizes, bytes));
                }
            }
        }
        return tensors;
    }

    @Test
    void everyTypeIsReadBack() {
        Path path = folder.resolve("a.safetensors");
        Safetensors.write(everyType(), path);
        assertThat(Safetensors.read(path).tensors()).containsExactlyInAnyOrderEntriesOf(everyType());
    }

    @Test
    void equalTensorsGiveEqualBytesAndAreAligned() throws IOException {
        Path first = folder.resolve("a.safetensors");
        Path second = folder.resolve("b.safetensors");
        Safetensors.write(everyType(), first);
        Map<String, TensorData> reversed = new LinkedHashMap<>();
        everyType().entrySet().stream()
                .toList()
                .reversed()
                .forEach(entry -> reversed.put(entry.getKey(), entry.getValue()));
        Safetensors.write(reversed, second);
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
        for (TensorData data : Safetensors.read(first).tensors().values()) {
            long unit = Math.clamp(data.element().bits() / Byte.SIZE, 1, Long.BYTES);
            assertThat(data.bytes().address() % unit).as(data.toString()).isZero();
        }
    }

    @Test
    void oddNamesAreReadBack() {
        Path path = folder.resolve("a.safetensors");
        Map<String, TensorData> tensors =
                ImmutableMap.of(
                        "a\"b\\c\n\u0001", TensorData.ofFloats(new float[] {1}), "Größe/../x", one(), "", one());
        Safetensors.write(tensors, path);
        assertThat(Safetensors.read(path).tensors()).containsExactlyInAnyOrderEntriesOf(tensors);
    }

    @Test
    void whatNoFileCanHoldIsRefused() {
        Path path = folder.resolve("a.safetensors");
        assertThatThrownBy(() -> Safetensors.write(Map.of("t", TensorData.ofText(List.of("a"), 1)), path))
                .hasMessageContaining("'t'");
        assertThatThrownBy(() -> Safetensors.write(Map.of("__metadata__", one()), path))
                .hasMessageContaining("'__metadata__'");
        assertThat(path).doesNotExist();
    }

    @Test
    void weightsAreNotWrittenThroughLinks() throws IOException {
        Path target = Files.writeString(folder.resolve("precious"), "text");
        Path link = Files.createSymbolicLink(folder.resolve("a.safetensors"), target);
        assertThatThrownBy(() -> Safetensors.write(Map.of("t", one()), link))
                .isInstanceOfSatisfying(SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.REFUSED));
        assertThat(target).hasContent("text");
    }

    @Test
    void metadataThatDoesNotFitIsRefused() {
        for (String type : List.of("i4[9]", "i4[x]", "string[2]", "f99[2]", "i4[99999999999999999999]", "f32[1]")) {
            String header =
                    "{'__metadata__': {'skive.type.a': '%s'}, 'a': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0, 2]}}"
                            .formatted(type);
            byte[] file = SafetensorsTest.file(header, 2);
            assertThatThrownBy(() -> Safetensors.read(MemorySegment.ofArray(file), "x"))
                    .isInstanceOfSatisfying(
                            SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INVALID_MODEL))
                    .hasMessageContaining("tensor 'a'");
        }
        String wide =
                "{'__metadata__': {'skive.type.a': 'i4[2]'}, 'a': {'dtype': 'I8', 'shape': [1], 'data_offsets': [0, 1]}}";
        assertThatThrownBy(() -> Safetensors.read(MemorySegment.ofArray(SafetensorsTest.file(wide, 1)), "x"))
                .hasMessageContaining("i4[2] is stored as i8[1]");
    }

    private static TensorData one() {
        return TensorData.scalar(ElementType.FLOAT32, 1);
    }
}
