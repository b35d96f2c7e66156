package dev.skive.frontend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    private static final long LIMIT = 1 << 20;

    /// As numpy.save writes numpy.array([[1, 2, 3]], dtype=numpy.int16).
    private static final String SAVED_BY_NUMPY =
            "934e554d5059"
                    + "0100"
                    + "7600"
                    + HexFormat.of()
                            .formatHex(
                                    ("{'descr': '<i2', 'fortran_order': False, 'shape': (1, 3), }"
                                                    + " ".repeat(58)
                                                    + "\n")
                                            .getBytes(StandardCharsets.US_ASCII))
                    + "010002000300";

    @Test
    void readsWhatNumpyWrites() throws IOException {
        assertThat(read(HexFormat.of().parseHex(SAVED_BY_NUMPY)))
                .isEqualTo(TensorData.ofIntegers(ElementType.INT16, new long[] {1, 2, 3}, 1, 3));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64", "FLOAT16", "INT64", "INT32", "INT16", "INT8", "UINT64", "UINT8", "BOOL"})
    void readsWhatItWrites(ElementType element) throws IOException {
        var data = TensorData.ofReals(element, new double[] {0, 1, 1, 0, 1, 0}, 2, 3);
        assertThat(read(written(data))).isEqualTo(data);
    }

    @Test
    void keepsScalarsAndEmptyArrays() throws IOException {
        var scalar = TensorData.scalar(ElementType.FLOAT32, 2.5);
        var empty = TensorData.ofFloats(new float[0], 3, 0);
        assertThat(read(written(scalar))).isEqualTo(scalar);
        assertThat(read(written(empty))).isEqualTo(empty);
    }

    @Test
    void alignsData() throws IOException {
        var data = TensorData.ofFloats(new float[] {1}, 1);
        assertThat((written(data).length - Float.BYTES) % 64).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9, 60, 127, 132})
    void reportsFilesThatEndEarly(int length) {
        byte[] whole = HexFormat.of().parseHex(SAVED_BY_NUMPY);
        assertThatThrownBy(() -> read(java.util.Arrays.copyOf(whole, length)))
                .isInstanceOfSatisfying(
                        SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INVALID_MODEL))
                .hasMessageStartingWith("x.npy: ");
    }

    @Test
    void refusesArraysThatPromiseTooMuch() {
        assertThatThrownBy(() -> read(header("(4611686018427387904, 4)")))
                .isInstanceOfSatisfying(SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.REFUSED))
                .hasMessageContaining("exceeds the limit of 1048576 bytes");
    }

    @Test
    void putsColumnsIntoRows() throws IOException {
        byte[] columns = {1, 4, 2, 5, 3, 6};
        assertThat(read(Bytes.concat(header("(2, 3)", "|i1", "True"), columns)))
                .isEqualTo(TensorData.ofIntegers(ElementType.INT8, new long[] {1, 2, 3, 4, 5, 6}, 2, 3));
        byte[] cube = {0, 4, 2, 6, 1, 5, 3, 7};
        assertThat(read(Bytes.concat(header("(2, 2, 2)", "|u1", "True"), cube)))
                .isEqualTo(TensorData.ofIntegers(ElementType.UINT8, new long[] {0, 1, 2, 3, 4, 5, 6, 7}, 2, 2, 2));
        assertThat(read(header("(0, 3)", "<f8", "True")))
                .isEqualTo(TensorData.ofReals(ElementType.FLOAT64, new double[0], 0, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} 'more'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'extra': 1}",
                "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,,2)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}",
                "'descr': '<f4', 'fortran_order': False, 'shape': (1,)"
            })
    void headersAreReadStrictly(String text) {
        assertThatThrownBy(() -> read(file(text)))
                .isInstanceOfSatisfying(
                        SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INVALID_MODEL))
                .hasMessageStartingWith("x.npy: ");
    }

    @Test
    void takesMemoryAsBytesArrive() {
        byte[] promise = header("(1000000, 1000)");
        assertThatThrownBy(() -> Npy.read(new ByteArrayInputStream(promise), "x.npy", Long.MAX_VALUE))
                .hasMessageContaining("ends before its array");
    }

    @Test
    void namesTypesItDoesNotRead() {
        assertThatThrownBy(() -> read(header("(2,)", ">f4", "False"))).hasMessageContaining("'>f4'");
    }

    private static byte[] header(String shape) {
        return header(shape, "<f4", "False");
    }

    private static byte[] header(String shape, String type, String order) {
        return file("{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, order, shape));
    }

    private static byte[] file(String header) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        byte[] prefix = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
        return Bytes.concat(prefix, text);
    }

    private static byte[] written(TensorData data) throws IOException {
        var out = new ByteArrayOutputStream();
        Npy.write(data, out);
        return out.toByteArray();
    }

    private static TensorData read(byte[] bytes) throws IOException {
        return Npy.read(new ByteArrayInputStream(bytes), "x.npy", LIMIT);
    }
}
