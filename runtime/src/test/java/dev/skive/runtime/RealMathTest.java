package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RealMathTest {
    /// Values from tables, and the symmetry of the function.
    @Test
    void errorFunction() {
        double[][] table = {
            {0, 0},
            {0.1, 0.1124629160182849},
            {0.5, 0.5204998778130465},
            {1, 0.8427007929497149},
            {2, 0.9953222650189527},
            {2.9999, 0.9999778955735178},
            {3.5, 0.9999992569016276},
            {5, 0.9999999999984626},
            {7, 1.0},
            {Double.POSITIVE_INFINITY, 1}
        };
        for (double[] row : table) {
            assertThat(Math.abs(RealMath.erf(row[0]) - row[1])).as("erf(%s)", row[0]).isLessThanOrEqualTo(1e-15);
            assertThat(RealMath.erf(-row[0])).isEqualTo(-RealMath.erf(row[0]));
        }
        assertThat(RealMath.erf(1e-300)).isEqualTo(1e-300 * (2 / Math.sqrt(Math.PI)));
        assertThat(RealMath.erf(Double.NaN)).isNaN();
    }

    /// Both ways of computing it meet where one gives way to the other.
    @Test
    void errorFunctionHasNoStep() {
        double below = RealMath.erf(3);
        double above = RealMath.erf(Math.nextUp(3.0));
        assertThat(Math.abs(above - below)).isLessThanOrEqualTo(1e-15);
    }

    @Test
    void brainFloats() {
        assertThat(RealMath.floatToBfloat16(1f)).isEqualTo((short) 0x3f80);
        assertThat(RealMath.floatToBfloat16(Float.intBitsToFloat(0x3f808000))).isEqualTo((short) 0x3f80);
        assertThat(RealMath.floatToBfloat16(Float.intBitsToFloat(0x3f818000))).isEqualTo((short) 0x3f82);
        assertThat(RealMath.floatToBfloat16(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
        assertThat(RealMath.floatToBfloat16(Float.NaN)).isEqualTo((short) 0x7fc0);
        assertThat(RealMath.floatToBfloat16(-0f)).isEqualTo((short) 0x8000);
    }

    @Test
    void remainders() {
        assertThat(RealMath.modulo(-7, 3)).isEqualTo(2);
        assertThat(RealMath.modulo(7, -3)).isEqualTo(-2);
        assertThat(RealMath.modulo(5, 0)).isNaN();
    }
}
