package dev.skive.runtime;

/// Floating-point formats of at most 8 bits. Numbers are rounded to nearest, ties to even, and saturate; infinity stays
/// where the format has it. The format of scales has powers of two only: it drops the sign, rounds up, and what is not
/// finite becomes NaN.
public enum SmallFloat {
    /// 4 bits of exponent, 3 of mantissa, no infinity; all ones is NaN.
    F8E4M3FN(4, 3, 7, Special.ALL_ONES_NAN),
    /// 4 bits of exponent, 3 of mantissa, no infinity; negative zero is NaN.
    F8E4M3FNUZ(4, 3, 8, Special.NEGATIVE_ZERO_NAN),
    /// 5 bits of exponent, 2 of mantissa, infinity and NaN as in wider formats.
    F8E5M2(5, 2, 15, Special.IEEE),
    /// 5 bits of exponent, 2 of mantissa, no infinity; negative zero is NaN.
    F8E5M2FNUZ(5, 2, 16, Special.NEGATIVE_ZERO_NAN),
    /// 8 bits of exponent; all ones is NaN.
    F8E8M0(8, 0, 127, Special.SCALE),
    /// 2 bits of exponent, 1 of mantissa; every pattern is a number.
    F4E2M1(2, 1, 1, Special.NONE);

    private enum Special {
        IEEE,
        ALL_ONES_NAN,
        NEGATIVE_ZERO_NAN,
        NONE,
        SCALE
    }

    private final int mantissaBits;
    private final int bias;
    private final int signBit;
    private final Special special;

    @SuppressWarnings("ImmutableEnumChecker")
    private final float[] numbers;

    private final int largest;

    SmallFloat(int exponentBits, int mantissaBits, int bias, Special special) {
        this.mantissaBits = mantissaBits;
        this.bias = bias;
        this.special = special;
        this.signBit = 1 << (exponentBits + mantissaBits);
        this.numbers = new float[mantissaBits == 0 ? signBit : 2 * signBit];
        for (int bits = 0; bits < numbers.length; bits++) {
            numbers[bits] = number(bits);
        }
        int last = signBit - 1;
        while (!Float.isFinite(numbers[last])) {
            last--;
        }
        this.largest = last;
    }

    private float number(int bits) {
        int magnitude = bits & (signBit - 1);
        if (special == Special.SCALE) {
            return magnitude == signBit - 1 ? Float.NaN : Math.scalb(1f, magnitude - bias);
        }
        int exponent = magnitude >> mantissaBits;
        int mantissa = magnitude & ((1 << mantissaBits) - 1);
        float sign = bits < signBit ? 1 : -1;
        boolean topExponent = exponent == (signBit >> mantissaBits) - 1;
        boolean isNan =
                switch (special) {
                    case IEEE -> topExponent && mantissa != 0;
                    case ALL_ONES_NAN -> magnitude == signBit - 1;
                    case NEGATIVE_ZERO_NAN -> bits == signBit;
                    case NONE, SCALE -> false;
                };
        if (isNan) {
            return Float.NaN;
        }
        if (special == Special.IEEE && topExponent) {
            return sign * Float.POSITIVE_INFINITY;
        }
        return exponent == 0
                ? sign * Math.scalb((float) mantissa, 1 - bias - mantissaBits)
                : sign * Math.scalb((float) (mantissa | 1 << mantissaBits), exponent - bias - mantissaBits);
    }

    /// The number that the bits of an element stand for.
    public float decode(byte bits) {
        return numbers[bits & (numbers.length - 1)];
    }

    /// The bits of the nearest number.
    public byte encode(double value) {
        if (Double.isNaN(value)) {
            return (byte) nan();
        }
        double magnitude = Math.abs(value);
        if (special == Special.SCALE) {
            return (byte) scale(magnitude);
        }
        int sign = Double.doubleToRawLongBits(value) < 0 ? signBit : 0;
        if (Double.isInfinite(magnitude)) {
            return (byte) (sign | (special == Special.IEEE ? largest + 1 : largest));
        }
        int exponent = Math.max(Math.getExponent(magnitude), 1 - bias);
        double units = Math.rint(Math.scalb(magnitude, mantissaBits - exponent));
        long pattern = (long) units + ((long) (exponent + bias - 1) << mantissaBits);
        return (byte)
                (pattern == 0 && special == Special.NEGATIVE_ZERO_NAN ? 0 : sign | (int) Math.min(pattern, largest));
    }

    private int scale(double magnitude) {
        if (Double.isInfinite(magnitude)) {
            return nan();
        }
        int exponent = Math.getExponent(magnitude);
        int roundedUp = magnitude > Math.scalb(1.0, exponent) ? exponent + 1 : exponent;
        return Math.clamp((long) roundedUp + bias, 0, largest);
    }

    private int nan() {
        return switch (special) {
            case IEEE -> (largest + 1) | (1 << (mantissaBits - 1));
            case ALL_ONES_NAN, SCALE -> signBit - 1;
            case NEGATIVE_ZERO_NAN -> signBit;
            case NONE -> largest;
        };
    }

    /// The nearest number of this format.
    public float round(double value) {
        return decode(encode(value));
    }
}
