package dev.skive.ir.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FloatFormatTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @ParameterizedTest
    @EnumSource(
            names = {"FLOAT.*8.*", "FLOAT16", "BFLOAT16", "FLOAT4E2M1"},
            mode = EnumSource.Mode.MATCH_ANY)
    void everyPatternSurvivesDecodingAndEncoding(ElementType element) {
        FloatFormat format = FloatFormat.of(element);
        for (long bits = 0; bits < 1L << element.bits(); bits++) {
            double value = format.decode(bits);
            if (Double.isNaN(value)) {
                assertThat(format.decode(format.encode(value))).isNaN();
            } else {
                assertThat(format.encode(value)).as("%s of %s", value, Long.toHexString(bits)).isEqualTo(bits);
                assertThat(format.round(value)).isEqualTo(value);
            }
        }
    }

    /// Walks all neighbours: below, at and above the middle between them.
    @ParameterizedTest
    @EnumSource(
            names = {"FLOAT8E[45].*", "FLOAT16", "BFLOAT16", "FLOAT4E2M1"},
            mode = EnumSource.Mode.MATCH_ANY)
    void valuesBetweenNeighboursGoToTheNearestAndTiesToEven(ElementType element) {
        FloatFormat format = FloatFormat.of(element);
        double[] finite =
                LongStream.range(0, 1L << (element.bits() - 1))
                        .mapToDouble(format::decode)
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        for (int i = 0; i + 1 < finite.length; i++) {
            double middle = (finite[i] + finite[i + 1]) / 2;
            assertThat(format.round(Math.nextDown(middle))).isEqualTo(finite[i]);
            assertThat(format.round(Math.nextUp(middle))).isEqualTo(finite[i + 1]);
            assertThat(format.round(-Math.nextUp(middle))).isEqualTo(-finite[i + 1]);
            double even = (format.encode(finite[i]) & 1) == 0 ? finite[i] : finite[i + 1];
            assertThat(format.round(middle)).isEqualTo(even);
        }
    }

    @Test
    void halfAgreesWithTheJdkOnAllPatterns() {
        FloatFormat half = FloatFormat.of(ElementType.FLOAT16);
        for (int bits = 0; bits < 1 << Short.SIZE; bits++) {
            float expected = Float.float16ToFloat((short) bits);
            assertThat((Float) (float) half.decode(bits)).isEqualTo((Float) expected);
        }
    }

    @Property(tries = 20_000)
    void halfRoundsAsTheJdk(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);
        short expected = Float.floatToFloat16(value);
        double rounded = FloatFormat.of(ElementType.FLOAT16).round(value);
        assertThat((Float) (float) rounded).isEqualTo((Float) Float.float16ToFloat(expected));
    }

    @Property(tries = 20_000)
    void singleAgreesWithTheJdk(@ForAll long bits) {
        FloatFormat single = FloatFormat.of(ElementType.FLOAT32);
        double value = Double.longBitsToDouble(bits);
        assertThat((Double) single.round(value)).isEqualTo((Double) (double) (float) value);
        int pattern = (int) bits;
        assertThat((Double) single.decode(Integer.toUnsignedLong(pattern)))
                .isEqualTo((Double) (double) Float.intBitsToFloat(pattern));
    }

    @Property(tries = 20_000)
    void brainFloatIsTheUpperHalfOfASingle(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits & 0xFFFF0000);
        assertThat((Double) FloatFormat.of(ElementType.BFLOAT16).round(value)).isEqualTo((Double) (double) value);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT8E4M3FN, 448, 448",
        "FLOAT8E4M3FNUZ, 240, 240",
        "FLOAT8E5M2, 57344, Infinity",
        "FLOAT8E5M2FNUZ, 57344, 57344",
        "FLOAT4E2M1, 6, 6",
        "FLOAT16, 65504, Infinity"
    })
    void rangesEndWhereTheFormatsSay(ElementType element, double largest, double ofInfinity) {
        FloatFormat format = FloatFormat.of(element);
        boolean narrow = element.bits() <= 8;
        assertThat(format.round(largest)).isEqualTo(largest);
        assertThat(format.round(1e9)).isEqualTo(narrow ? largest : INFINITY);
        assertThat(format.round(-1e9)).isEqualTo(narrow ? -largest : -INFINITY);
        assertThat(format.round(INFINITY)).isEqualTo(ofInfinity);
        assertThat(format.round(-INFINITY)).isEqualTo(-ofInfinity);
    }

    @Example
    void negativeZeroIsKeptWhereThereIsOne() {
        assertThat(FloatFormat.of(ElementType.FLOAT8E4M3FN).encode(-0.0)).isEqualTo(0x80);
        assertThat(FloatFormat.of(ElementType.FLOAT8E4M3FNUZ).encode(-0.0)).isEqualTo(0);
        assertThat(FloatFormat.of(ElementType.FLOAT8E4M3FNUZ).encode(-1e-30)).isEqualTo(0);
        assertThat(FloatFormat.of(ElementType.FLOAT8E4M3FNUZ).decode(0x80)).isNaN();
    }

    @Example
    void scalesArePowersOfTwoRoundedUp() {
        FloatFormat scale = FloatFormat.of(ElementType.FLOAT8E8M0);
        assertThat(scale.decode(127)).isEqualTo(1);
        assertThat(scale.decode(0)).isEqualTo(0x1p-127);
        assertThat(scale.decode(254)).isEqualTo(0x1p127);
        assertThat(scale.decode(255)).isNaN();
        assertThat(scale.round(1)).isEqualTo(1);
        assertThat(scale.round(1.01)).isEqualTo(2);
        assertThat(scale.round(-3)).isEqualTo(4);
        assertThat(scale.round(0)).isEqualTo(0x1p-127);
        assertThat(scale.round(1e300)).isEqualTo(0x1p127);
        assertThat(scale.round(Double.NaN)).isNaN();
        assertThat(scale.round(INFINITY)).isNaN();
    }

    @Example
    void otherTypesHaveNoFormat() {
        EnumSet<ElementType> without = EnumSet.allOf(ElementType.class);
        without.removeIf(element -> element.isReal() && element != ElementType.FLOAT64);
        assertThat(without).hasSize(ElementType.values().length - 9);
        without.forEach(element ->
                assertThatThrownBy(() -> FloatFormat.of(element))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(element.text()));
        assertThat(Arrays.stream(ElementType.values()).map(ElementType::text)).doesNotHaveDuplicates();
    }
}
