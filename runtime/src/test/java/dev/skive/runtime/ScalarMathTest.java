package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScalarMathTest {
    private static final List<Accuracy.FloatFunction> ALL_FUNCTIONS =
            List.of(
                    ScalarMath::exp,
                    ScalarMath::exp2,
                    ScalarMath::log,
                    ScalarMath::tanh,
                    ScalarMath::erf,
                    ScalarMath::sigmoid,
                    ScalarMath::gelu,
                    ScalarMath::geluTanh);

    private static final float INFINITY = Float.POSITIVE_INFINITY;

    /// Below it `exp` and its relatives flush to zero, by contract.
    private static final double FLUSHED = 1.67e-38;

    private static final double LEAST_NORMAL = Float.MIN_NORMAL;

    static final List<Arguments> PROMISES =
            List.of(
                    promise("exp", ScalarMath::exp, StrictMath::exp, FLUSHED, 1),
                    promise("exp2", ScalarMath::exp2, x -> StrictMath.pow(2, x), FLUSHED, 1),
                    promise("log", ScalarMath::log, StrictMath::log, 0, 1),
                    promise("tanh", ScalarMath::tanh, StrictMath::tanh, LEAST_NORMAL, 6),
                    promise("erf", ScalarMath::erf, Accuracy::erf, LEAST_NORMAL, 6),
                    promise("sigmoid", ScalarMath::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), LEAST_NORMAL, 3));

    static final List<Arguments> FUNCTIONS =
            List.of(
                    Arguments.of(
                            "gelu",
                            (Accuracy.FloatFunction) ScalarMath::gelu,
                            (DoubleUnaryOperator) x -> x * Accuracy.phi(x)),
                    Arguments.of(
                            "geluTanh",
                            (Accuracy.FloatFunction) ScalarMath::geluTanh,
                            (DoubleUnaryOperator) ScalarMathTest::geluTanh));

    private static Arguments promise(
            String name, Accuracy.FloatFunction function, DoubleUnaryOperator reference, double least, double ulps) {
        return Arguments.of(name, function, reference, least, ulps);
    }

    private static double geluTanh(double x) {
        double u = Math.sqrt(8 / Math.PI) * (x + 0.044715 * x * x * x);
        return x / (1 + StrictMath.exp(-u));
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("PROMISES")
    void errorsStayInThePromisedUlps(
            String name, Accuracy.FloatFunction function, DoubleUnaryOperator reference, double least, double ulps) {
        double found = Accuracy.ulps(function, reference, least);
        assertThat(found).as(name).isLessThanOrEqualTo(ulps);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("FUNCTIONS")
    void geluErrsLittleAgainstItsArgument(String name, Accuracy.FloatFunction function, DoubleUnaryOperator reference) {
        double found =
                Accuracy.largest(
                        function,
                        reference,
                        0,
                        (x, value, expected) -> Math.abs(value - expected) / Math.max(1, Math.abs(x)));
        assertThat(found).as(name).isLessThanOrEqualTo(2.5e-7);
    }

    @Test
    void expIsExactWhereItMustBe() {
        assertThat(ScalarMath.exp(0f)).isEqualTo(1f);
        assertThat(ScalarMath.exp(-0f)).isEqualTo(1f);
        assertThat(ScalarMath.exp2(10f)).isEqualTo(1024f);
        assertThat(ScalarMath.exp2(-125f)).isEqualTo(0x1p-125f);
        assertThat(ScalarMath.exp2(127f)).isEqualTo(0x1p127f);
        assertThat(ScalarMath.exp(0x1.62e42ep6f)).isFinite();
        assertThat(ScalarMath.log(1f)).isEqualTo(0f);
    }

    @ParameterizedTest
    @ValueSource(floats = {-87.34f, -88f, -104f, -1000f, -3.4e38f, -Float.MAX_VALUE, -INFINITY})
    void expOfVeryNegativeIsZero(float x) {
        assertThat(ScalarMath.exp(x)).isEqualTo(0f);
        assertThat(ScalarMath.exp2(1.5f * x)).isEqualTo(0f);
        assertThat(ScalarMath.sigmoid(2 * x)).isEqualTo(0f);
        assertThat(ScalarMath.tanh(x)).isEqualTo(-1f);
        assertThat(ScalarMath.erf(x)).isEqualTo(-1f);
    }

    @ParameterizedTest
    @ValueSource(floats = {0x1.62e43p6f, 89f, 1000f, Float.MAX_VALUE, INFINITY})
    void expOverflowsToInfinity(float x) {
        assertThat(ScalarMath.exp(x)).isEqualTo(INFINITY);
        assertThat(ScalarMath.exp2(1.5f * x)).isEqualTo(INFINITY);
        assertThat(ScalarMath.sigmoid(x)).isEqualTo(1f);
        assertThat(ScalarMath.tanh(x)).isEqualTo(1f);
        assertThat(ScalarMath.erf(x)).isEqualTo(1f);
        assertThat(ScalarMath.gelu(x)).isEqualTo(x);
        assertThat(ScalarMath.geluTanh(x)).isEqualTo(x);
    }

    @ParameterizedTest
    @ValueSource(floats = {-100f, -1e10f, -Float.MAX_VALUE})
    void geluOfVeryNegativeIsZero(float x) {
        assertThat(ScalarMath.gelu(x)).isZero();
        assertThat(ScalarMath.geluTanh(x)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7fc00000, 0x7fffffff, 0x7f800001, 0xffc00000, 0xffffffff})
    void nanGivesNan(int bits) {
        float nan = Float.intBitsToFloat(bits);
        for (Accuracy.FloatFunction function : ALL_FUNCTIONS) {
            assertThat(function.at(nan)).isNaN();
        }
    }

    @Test
    void logKnowsItsSpecialValues() {
        assertThat(ScalarMath.log(0f)).isEqualTo(-INFINITY);
        assertThat(ScalarMath.log(-0f)).isEqualTo(-INFINITY);
        assertThat(ScalarMath.log(-1f)).isNaN();
        assertThat(ScalarMath.log(-INFINITY)).isNaN();
        assertThat(ScalarMath.log(INFINITY)).isEqualTo(INFINITY);
    }

    @Test
    void boundedFunctionsStayInBounds() {
        for (float x = -20; x <= 20; x += 0.0009f) {
            assertThat(Math.abs(ScalarMath.tanh(x))).as("tanh %s", x).isLessThanOrEqualTo(1f);
            assertThat(Math.abs(ScalarMath.erf(x))).as("erf %s", x).isLessThanOrEqualTo(1f);
            assertThat(ScalarMath.sigmoid(x)).as("sigmoid %s", x).isBetween(0f, 1f);
        }
    }

    @Test
    void oddFunctionsKeepTheSignOfZero() {
        assertThat(ScalarMath.tanh(-0f)).isEqualTo(-0f);
        assertThat(ScalarMath.erf(-0f)).isEqualTo(-0f);
        assertThat(ScalarMath.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
    }
}
