package dev.skive.verify.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import dev.skive.verify.conformance.TestValue.OfOptional;
import dev.skive.verify.conformance.TestValue.OfSequence;
import dev.skive.verify.conformance.TestValue.OfTensor;
import dev.skive.verify.conformance.ValueComparer.Agreement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ValueComparerTest {
    private static Agreement compare(ElementType type, double expected, double found) {
        return compare(real(type, expected), real(type, found));
    }

    private static Agreement compare(TestValue expected, TestValue found) {
        return ValueComparer.DEFAULT.compare("y", expected, found);
    }

    private static TestValue real(ElementType type, double... values) {
        return new OfTensor(Tensor.ofReals(type, values, values.length));
    }

    private static TestValue integers(ElementType type, long... values) {
        return new OfTensor(Tensor.ofIntegers(type, values, values.length));
    }

    private static boolean isClose(ElementType type, double expected, double found) {
        return compare(type, expected, found).mistake().isEmpty();
    }

    @Test
    void floatsAsOnnxDoes() {
        assertThat(isClose(ElementType.FLOAT32, 1, 1.0009)).isTrue();
        assertThat(isClose(ElementType.FLOAT32, 1, 1.0011)).isFalse();
        assertThat(isClose(ElementType.FLOAT32, 0, 1e-7)).isTrue();
        assertThat(isClose(ElementType.FLOAT64, 0, 2e-7)).isFalse();
        assertThat(isClose(ElementType.FLOAT32, 0.0, -0.0)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16", "FLOAT8E5M2"})
    void specialValues(ElementType type) {
        assertThat(isClose(type, Double.NaN, Double.NaN)).isTrue();
        assertThat(isClose(type, Double.NaN, 1)).isFalse();
        assertThat(isClose(type, 1, Double.NaN)).isFalse();
        assertThat(isClose(type, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)).isTrue();
        assertThat(isClose(type, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isFalse();
        assertThat(isClose(type, Double.POSITIVE_INFINITY, FloatFormat.of(ElementType.FLOAT16).greatest())).isFalse();
    }

    @Test
    void halvesMayDifferByARoundingOfTheLargestElement() {
        assertThat(isClose(ElementType.BFLOAT16, 1, 1 + 0x1p-6)).isTrue();
        assertThat(isClose(ElementType.BFLOAT16, 1, 1 + 3 * 0x1p-7)).isFalse();
        assertThat(isClose(ElementType.FLOAT16, 1, 1 + 0x1p-9)).isTrue();
        assertThat(isClose(ElementType.FLOAT16, 1, 1 + 3 * 0x1p-10)).isFalse();
        assertThat(compare(real(ElementType.FLOAT16, 8, 0.01), real(ElementType.FLOAT16, 8, 0.017)).mistake())
                .isEmpty();
        assertThat(compare(real(ElementType.FLOAT16, 1, 0.01), real(ElementType.FLOAT16, 1, 0.017)).mistake())
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT8E4M3FN", "FLOAT8E5M2", "FLOAT8E8M0", "FLOAT4E2M1"})
    void smallFloatsAreEqual(ElementType type) {
        assertThat(isClose(type, 2, 2)).isTrue();
        assertThat(isClose(type, 2, FloatFormat.of(type).decode(FloatFormat.of(type).encode(2) + 1))).isFalse();
    }

    @Test
    void integersAreEqual() {
        Agreement wrong = compare(integers(ElementType.INT32, 1, 2, 3), integers(ElementType.INT32, 1, 0, 0));
        assertThat(wrong.mistake().orElse("")).contains("at [1]", "expected 2, found 0", "2 of 3");
        Agreement unsigned = compare(integers(ElementType.UINT64, -1), integers(ElementType.UINT64, 0));
        assertThat(unsigned.mistake().orElse("")).contains("expected 18446744073709551615");
    }

    @Test
    void textIsEqual() {
        var hello = new OfTensor(Tensor.ofText(ImmutableList.of("hello"), 1));
        var world = new OfTensor(Tensor.ofText(ImmutableList.of("world"), 1));
        assertThat(compare(hello, hello).mistake()).isEmpty();
        assertThat(compare(hello, world).mistake().orElse("")).contains("expected 'hello', found 'world'");
    }

    @Test
    void typesAreEqual() {
        assertThat(compare(real(ElementType.FLOAT32, 1), real(ElementType.FLOAT64, 1)).mistake().orElse(""))
                .contains("expected f32[1], found f64[1]");
    }

    @Test
    void sequencesAndOptionalsValueByValue() {
        TestValue one = real(ElementType.FLOAT32, 1);
        TestValue two = real(ElementType.FLOAT32, 2);
        var both = new OfSequence(ImmutableList.of(one, two));
        assertThat(compare(both, both).mistake()).isEmpty();
        assertThat(compare(both, new OfSequence(ImmutableList.of(one))).mistake().orElse("")).contains("2 values");
        assertThat(compare(both, new OfSequence(ImmutableList.of(one, one))).mistake().orElse("")).contains("value 1");
        assertThat(compare(new OfOptional(Optional.of(one)), one).mistake()).isEmpty();
        assertThat(compare(new OfOptional(Optional.empty()), one).mistake()).isPresent();
        assertThat(compare(one, both).mistake()).isPresent();
    }

    @Test
    void stepsOfEachFormat() {
        assertThat(compare(ElementType.FLOAT32, 1, Math.nextUp(1f)).maxUlp()).isEqualTo(1);
        assertThat(compare(ElementType.FLOAT64, 1, Math.nextDown(1.0)).maxUlp()).isEqualTo(1);
        assertThat(compare(ElementType.FLOAT16, 1, 1 + 0x1p-10).maxUlp()).isEqualTo(1);
        assertThat(compare(ElementType.FLOAT32, -Float.MIN_VALUE, Float.MIN_VALUE).maxUlp()).isEqualTo(2);
        assertThat(compare(ElementType.FLOAT64, -Double.MAX_VALUE, Double.MAX_VALUE).maxUlp())
                .isEqualTo(Long.MAX_VALUE);
    }
}
