package dev.skive.frontend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NpyRowsTest {
    private static final long LIMIT = 1 << 16;

    private static byte[] file(TensorData data) throws IOException {
        var out = new ByteArrayOutputStream();
        Npy.write(data, out);
        return out.toByteArray();
    }

    private static NpyRows open(byte[] file) throws IOException {
        return NpyRows.open(new ByteArrayInputStream(file), "here", LIMIT);
    }

    @Property(tries = 50)
    void givesTheRowsOfTheArrayInOrder(@ForAll @IntRange(max = 5) int rows, @ForAll @IntRange(max = 4) int width)
            throws IOException {
        var values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (NpyRows read = open(file(TensorData.ofFloats(values, rows, width)))) {
            assertThat(read.count()).isEqualTo(rows);
            for (int row = 0; row < rows; row++) {
                float[] expected = Arrays.copyOfRange(values, row * width, (row + 1) * width);
                assertThat(read.next()).isEqualTo(TensorData.ofFloats(expected, width));
            }
            assertThat(read.hasNext()).isFalse();
        }
    }

    @Example
    void refusesArraysWithoutRows() throws IOException {
        byte[] number = file(TensorData.ofLongs(new long[] {3}));

        assertThatThrownBy(() -> open(number)).isInstanceOf(SkiveException.class).hasMessageContaining("single number");
    }

    @Example
    void refusesRowsBeyondTheLimitBeforeReadingThem() throws IOException {
        byte[] large = file(TensorData.ofFloats(new float[40_000], 2, 20_000));

        assertThatThrownBy(() -> open(large)).isInstanceOf(SkiveException.class).hasMessageContaining("limit");
    }

    @Example
    void saysWhereAFileEnds() throws IOException {
        byte[] whole = file(TensorData.ofLongs(new long[] {1, 2, 3, 4}, 2, 2));

        try (NpyRows rows = open(Arrays.copyOf(whole, whole.length - 1))) {
            assertThat(rows.next()).isEqualTo(TensorData.ofLongs(new long[] {1, 2}, 2));
            assertThatThrownBy(rows::next).isInstanceOf(SkiveException.class).hasMessageContaining("row 2 of 2");
        }
    }
}
