package dev.skive.frontend.weights;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir private Path folder;

    /// A file with this header, in which `'` stands for `"`, and as many bytes of data: 0, 1, 2 and so on.
    static byte[] file(String header, int count) {
        var data = new byte[count];
        for (int i = 0; i < count; i++) {
            data[i] = (byte) i;
        }
        return file(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8), data);
    }

    private static byte[] file(byte[] text, byte[] data) {
        byte[] length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array();
        return Bytes.concat(length, text, data);
    }

    private static Safetensors read(byte[] file) {
        return Safetensors.read(MemorySegment.ofArray(file), "x");
    }

    @Test
    void mapsTensorsInTheOrderOfTheirBytes() throws IOException {
        Path path =
                Files.write(
                        folder.resolve("a.safetensors"),
                        file(
                                """
                                {'__metadata__': {'format': 'pt'},
                                 'second': {'dtype': 'U8', 'shape': [2, 2], 'data_offsets': [4, 8]},
                                 'empty': {'dtype': 'F32', 'shape': [3, 0], 'data_offsets': [8, 8]},
                                 'first': {'data_offsets': [0, 4], 'shape': [], 'dtype': 'I32'}}\
                                """,
                                8));
        Safetensors file = Safetensors.read(path);
        assertThat(file.metadata()).containsOnly(java.util.Map.entry("format", "pt"));
        assertThat(file.tensors().keySet()).containsExactly("first", "second", "empty");
        assertThat(requireNonNull(file.tensors().get("first")).getLong(0)).isEqualTo(0x03020100);
        assertThat(file.tensors())
                .containsEntry("second", TensorData.ofIntegers(ElementType.UINT8, new long[] {4, 5, 6, 7}, 2, 2));
        assertThat(requireNonNull(file.tensors().get("second")).bytes().isMapped()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL, BOOL, 8",
        "F4, FLOAT4E2M1, 4",
        "F8_E4M3, FLOAT8E4M3FN, 8",
        "F8_E5M2, FLOAT8E5M2, 8",
        "F8_E4M3FNUZ, FLOAT8E4M3FNUZ, 8",
        "F8_E5M2FNUZ, FLOAT8E5M2FNUZ, 8",
        "F8_E8M0, FLOAT8E8M0, 8",
        "F16, FLOAT16, 16",
        "BF16, BFLOAT16, 16",
        "F32, FLOAT32, 32",
        "F64, FLOAT64, 64",
        "C64, COMPLEX64, 64",
        "I8, INT8, 8",
        "I16, INT16, 16",
        "I32, INT32, 32",
        "I64, INT64, 64",
        "U8, UINT8, 8",
        "U16, UINT16, 16",
        "U32, UINT32, 32",
        "U64, UINT64, 64"
    })
    void everyTypeIsRead(String name, ElementType element, int bits) {
        String header =
                "{'t': {'dtype': '%s', 'shape': [2, 3], 'data_offsets': [0, %d]}}".formatted(name, bits * 6 / 8);
        TensorData tensor = read(file(header, bits * 6 / 8)).tensors().values().iterator().next();
        assertThat(tensor.element()).isEqualTo(element);
        assertThat(tensor.sizes()).containsExactly(2, 3);
    }

    @Test
    void aFileWithoutTensorsIsEmpty() {
        assertThat(read(file("{}", 0)).tensors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    {                                                                       | is not JSON
                    []                                                                      | begin with
                    {} {}                                                                   | goes on
                    {} x                                                                    | is not JSON
                    {'t': 1}                                                                | must be an object
                    {'t': {}}                                                               | needs dtype
                    {'t': {'dtype': 'U8', 'shape': [1], 'data_offsets': [0, 1], 'x': [[1]]}} | unknown fields [x]
                    {'t': {'dtype': 'U8', 'shape': [1], 'shape': [2], 'data_offsets': [0, 2]}} | Duplicate
                    {'t': {'dtype': 'U8', 'shape': [1], 'data_offsets': [0, 1]}, 't': {'dtype': 'U8', 'shape': [1], 'data_offsets': [1, 2]}} | Duplicate
                    {'__metadata__': {'a': 1}}                                              | texts only
                    {'__metadata__': {'a': {'b': {'c': {'d': 'e'}}}}}                       | texts only
                    {'t': {'dtype': 'U8', 'shape': [[[[[1]]]]], 'data_offsets': [0, 1]}}    | shape
                    {'t': {'dtype': 'U8', 'shape': [-1], 'data_offsets': [0, 1]}}           | shape
                    {'t': {'dtype': 'U8', 'shape': [1.0], 'data_offsets': [0, 1]}}          | shape
                    {'t': {'dtype': 'U8', 'shape': [99999999999999999999], 'data_offsets': [0, 1]}} | shape
                    {'t': {'dtype': 'U8', 'shape': '1', 'data_offsets': [0, 1]}}            | shape
                    {'t': {'dtype': 'U8', 'shape': [1], 'data_offsets': [0]}}               | two data_offsets
                    {'t': {'dtype': 'U8', 'shape': [1], 'data_offsets': [0, 1, 2]}}         | data_offsets
                    {'t': {'dtype': 'U8', 'shape': [1], 'data_offsets': [1, 0]}}            | before it begins
                    {'t': {'dtype': 'U8', 'shape': [1], 'data_offsets': [-1, 0]}}           | data_offsets
                    {'t': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0, 1]}}            | takes 2 bytes
                    {'t': {'dtype': 'U8', 'shape': [1], 'data_offsets': [1, 2]}}            | expected 0
                    {'t': {'dtype': 'U8', 'shape': [3], 'data_offsets': [0, 3]}}            | ends at byte 3 of 2
                    {'t': {'dtype': 'U8', 'shape': [1], 'data_offsets': [0, 1]}}            | 1 bytes follow
                    {'t': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0, 2]}, 'u': {'dtype': 'U8', 'shape': [1], 'data_offsets': [1, 2]}} | overlap
                    {'t': {'dtype': 'F64', 'shape': [9223372036854775807, 2], 'data_offsets': [0, 2]}} | overflow
                    {'t': {'dtype': 'F64', 'shape': [1152921504606846977], 'data_offsets': [0, 8]}}   | overflow
                    {'t': {'dtype': 'F4', 'shape': [3], 'data_offsets': [0, 2]}}            | whole byte
                    {'t': {'dtype': 'F6_E2M3', 'shape': [4], 'data_offsets': [0, 3]}}       | 'F6_E2M3' are not read
                    {'t': {'dtype': 7, 'shape': [1], 'data_offsets': [0, 1]}}               | dtype
                    {'t': null}                                                             | must be an object
                    """,
            ignoreLeadingAndTrailingWhitespace = true)
    void headersAreReadStrictly(String header, String message) {
        byte[] file = file(header, 2);
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INVALID_MODEL))
                .hasMessageStartingWith("x: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 3})
    void headersEndInsideTheFile(long length) {
        byte[] file = file("{}", 0);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        assertThatThrownBy(() -> read(file)).isInstanceOf(SkiveException.class).hasMessageContaining("a header of");
    }

    @Test
    void headersAreUtf8() {
        byte[] text = "{\"\u00e9\": 1}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(file(text, new byte[0]))).hasMessageContaining("UTF-8");
    }

    @Test
    void filesEndEarlyOrAreMissing() {
        byte[] file = file("{'t': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0, 2]}}", 2);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(file, length);
            assertThatThrownBy(() -> read(cut)).as("%s bytes", length).isInstanceOf(SkiveException.class);
        }
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("none")))
                .isInstanceOfSatisfying(SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.IO));
        assertThatThrownBy(() -> Safetensors.read(folder))
                .isInstanceOfSatisfying(SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.IO));
    }
}
