package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class IntegerMathTest {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(Long.SIZE);

    private static BigInteger unsigned(long bits) {
        return BigInteger.valueOf(bits).mod(MODULUS);
    }

    @Property
    void divisionTowardsZero(@ForAll long a, @ForAll long b) {
        assertThat(IntegerMath.divide(a, b))
                .isEqualTo(b == 0 ? 0 : BigInteger.valueOf(a).divide(BigInteger.valueOf(b)).longValue());
        assertThat(IntegerMath.divideUnsigned(a, b))
                .isEqualTo(b == 0 ? 0 : unsigned(a).divide(unsigned(b)).longValue());
    }

    @Property
    void unsignedOrder(@ForAll long a, @ForAll long b) {
        assertThat(IntegerMath.minUnsigned(a, b)).isEqualTo(unsigned(a).min(unsigned(b)).longValue());
        assertThat(IntegerMath.maxUnsigned(a, b)).isEqualTo(unsigned(a).max(unsigned(b)).longValue());
    }

    @Property
    void powersWrap(@ForAll long base, @ForAll @LongRange(max = 70) long exponent) {
        assertThat(IntegerMath.power(base, exponent))
                .isEqualTo(BigInteger.valueOf(base).pow((int) exponent).longValue());
    }

    @Test
    void negativePowers() {
        assertThat(IntegerMath.power(2, -1)).isZero();
        assertThat(IntegerMath.power(-1, -3)).isEqualTo(-1);
        assertThat(IntegerMath.power(-1, -4)).isEqualTo(1);
        assertThat(IntegerMath.power(1, -1)).isEqualTo(1);
        assertThat(IntegerMath.power(0, 0)).isEqualTo(1);
    }

    @Property
    void unsignedNumbersRoundToTheNearestDouble(@ForAll long bits) {
        assertThat(IntegerMath.unsignedToDouble(bits)).isEqualTo(unsigned(bits).doubleValue());
        double value = IntegerMath.unsignedToDouble(bits >>> 11 << 11);
        assertThat(IntegerMath.toUnsigned(value)).isEqualTo(bits >>> 11 << 11);
    }
}
