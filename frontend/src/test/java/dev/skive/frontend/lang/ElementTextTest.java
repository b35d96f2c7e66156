package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TypeError;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ElementTextTest {
    @ParameterizedTest
    @EnumSource(value = ElementType.class, mode = EnumSource.Mode.EXCLUDE, names = "STRING")
    void everyElementOfNarrowTypesIsReadBack(ElementType element) {
        long count = 1L << Math.min(Short.SIZE, element.bits());
        var bytes = TensorData.allocate(element, count);
        var random = new Random(element.bits());
        if (element.bits() > Short.SIZE) {
            for (long i = 0; i < bytes.byteSize() / Integer.BYTES; i++) {
                bytes.setAtIndex(Elements.INT, i, random.nextInt());
            }
        } else {
            for (long i = 0; i < count; i++) {
                Elements.setBits(element, bytes, i, i);
            }
        }
        assertReadBack(TensorData.wrap(element, new long[] {count}, bytes));
    }

    @Property
    void everyFloatIsReadBack(@ForAll float value) {
        assertReadBack(TensorData.ofFloats(new float[] {value, Float.intBitsToFloat(Float.floatToIntBits(value))}, 2));
    }

    @Property
    void everyDoubleIsReadBack(@ForAll double value) {
        assertReadBack(TensorData.ofReals(ElementType.FLOAT64, new double[] {value}, 1));
    }

    @Test
    void decimalsAreShort() {
        assertThat(texts(ElementType.FLOAT32, 1, -0.0, 0.1, 1e-5, 16777216, 1e30))
                .containsExactly("1", "-0.0", "0.1", "1e-5", "1.6777216e7", "1e30");
        assertThat(texts(ElementType.FLOAT16, 0.1, 65504, 1e-7, Double.NEGATIVE_INFINITY, Double.NaN))
                .containsExactly("0.1", "65500", "1e-7", "-inf", "nan");
        assertThat(texts(ElementType.FLOAT8E4M3FN, 448, 0.1, Double.NaN)).containsExactly("448", "0.1", "nan");
        assertThat(texts(ElementType.BFLOAT16, 3.14159, 1e38)).containsExactly("3.14", "1e38");
        assertThat(texts(ElementType.BOOL, 1, 0)).containsExactly("true", "false");
    }

    @Test
    void otherNansAreBits() {
        float odd = Float.intBitsToFloat(0x7fc00001);
        assertThat(TensorText.print(TensorData.ofFloats(new float[] {odd, Float.NaN}, 2)))
                .isEqualTo("f32[2] { 0x7fc00001, nan }");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (String text : List.of("256", "-1", "1.5", "inf", "0x100", "true")) {
            assertRefused(text, ElementType.UINT8);
        }
        for (String text : List.of("1e39", "word", "0x123456789")) {
            assertRefused(text, ElementType.FLOAT32);
        }
        assertRefused("inf", ElementType.FLOAT8E4M3FN);
        assertRefused("500", ElementType.FLOAT8E4M3FN);
        assertRefused("nan", ElementType.FLOAT4E2M1);
        assertRefused("2", ElementType.BOOL);
        assertRefused("-9223372036854775809", ElementType.INT64);
    }

    private static void assertRefused(String text, ElementType element) {
        assertThatThrownBy(() -> ElementText.read(text, element, TensorData.allocate(element, 2), 0))
                .isInstanceOf(TypeError.class)
                .hasMessage("%s is no element of type %s".formatted(text, element));
    }

    private static List<String> texts(ElementType element, double... values) {
        TensorData data = TensorData.ofReals(element, values, values.length);
        return IntStream.range(0, values.length).mapToObj(i -> ElementText.print(data, i)).toList();
    }

    private static void assertReadBack(TensorData data) {
        var bytes = TensorData.allocate(data.element(), data.count());
        for (long i = 0; i < data.count(); i++) {
            ElementText.read(ElementText.print(data, i), data.element(), bytes, i);
        }
        assertThat(TensorData.wrap(data.element(), data.sizes(), bytes)).isEqualTo(data);
    }
}
