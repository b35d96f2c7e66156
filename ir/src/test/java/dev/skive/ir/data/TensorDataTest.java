package dev.skive.ir.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TensorDataTest {
    @Property
    void equalBytesMakeEqualConstants(@ForAll @Size(6) float[] values) {
        TensorData one = TensorData.ofFloats(values, 2, 3);
        TensorData same =
                TensorData.wrap(
                        ElementType.FLOAT32,
                        new long[] {2, 3},
                        MemorySegment.ofArray(one.bytes().toArray(Elements.INT)));
        assertThat(same).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(one.floats()).containsExactly(values);
        assertThat(one.reshape(3, 2)).isNotEqualTo(one);
        assertThat(one.reshape(3, 2).reshape(2, 3)).isEqualTo(one);
        TensorData asIntegers = TensorData.wrap(ElementType.INT32, one.sizes(), one.bytes());
        assertThat(asIntegers).isNotEqualTo(one);
    }

    @Test
    void oneBitMakesADifference() {
        var values = new float[10_000];
        TensorData one = TensorData.ofFloats(values, 10_000);
        values[7_777] = -0.0f;
        assertThat(TensorData.ofFloats(values, 10_000)).isNotEqualTo(one);
    }

    @Test
    void textIsCompared() {
        TensorData text = TensorData.ofText(List.of("a", "b"), 2);
        assertThat(text).isEqualTo(TensorData.ofText(List.of("a", "b"), 2));
        assertThat(text).isNotEqualTo(TensorData.ofText(List.of("a", "c"), 2));
        assertThat(text.reshape(1, 2).text()).containsExactly("a", "b");
        assertThat(text.bytes().byteSize()).isZero();
    }

    @Test
    void typesAndElements() {
        TensorData data = TensorData.ofIntegers(ElementType.INT4, new long[] {-8, 7, 1}, 3);
        assertThat(data.type()).isEqualTo(new TensorType(ElementType.INT4, Shape.of(3)));
        assertThat(data.longs()).containsExactly(-8, 7, 1);
        assertThat(data.bytes().byteSize()).isEqualTo(2);
        assertThat(TensorData.scalar(ElementType.FLOAT16, 0.1).doubles()).containsExactly(0.0999755859375);
        assertThat(TensorData.ofReals(ElementType.FLOAT8E8M0, new double[] {3, Double.NaN}, 2).doubles())
                .containsExactly(4, Double.NaN);
        assertThat(TensorData.ofFloats(new float[0], 0, 5).count()).isZero();
    }

    @Test
    void constantsCannotBeWrittenTo() {
        TensorData data = TensorData.ofLongs(new long[] {1}, 1);
        assertThatThrownBy(() -> Elements.setLong(ElementType.INT64, data.bytes(), 0, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        MemorySegment four = MemorySegment.ofArray(new byte[4]);
        assertThatThrownBy(() -> TensorData.wrap(ElementType.FLOAT32, new long[] {2}, four))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("f32[2] takes 8 bytes, found 4");
        assertThatThrownBy(() -> TensorData.wrap(ElementType.FLOAT32, new long[] {-1, -1}, four))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> TensorData.wrap(ElementType.FLOAT32, new long[] {1L << 62, 4}, four))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overflow");
        assertThatThrownBy(() -> TensorData.ofReals(ElementType.FLOAT32, new double[1], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sizes [2] hold 2 elements, found 1");
        assertThatThrownBy(() -> TensorData.ofFloats(new float[3], 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TensorData.ofIntegers(ElementType.INT8, new long[] {128}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("128 does not fit i8");
    }
}
