package dev.skive.runtime;

/// Functions of real numbers that the JDK lacks.
///
/// **Numerics**: within 4 units in the last place of a double, unless said otherwise. NaN gives NaN.
public final class RealMath {
    /// Beyond it `x * x + 1` is `x * x`.
    private static final double LARGE = 0x1p28;

    private static final double LN_2 = Math.log(2);

    /// Up to it the series of the error function is summed.
    private static final double SERIES_LIMIT = 3;

    /// Here the error function is 1.
    private static final double ERF_LIMIT = 6;

    private static final int FRACTION_DEPTH = 60;

    private RealMath() {}

    /// The remainder of a division, with the sign of the divisor.
    public static double modulo(double a, double b) {
        double remainder = a % b;
        return remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
    }

    /// The number whose hyperbolic sine is `x`.
    public static double asinh(double x) {
        double size = Math.abs(x);
        double area =
                size > LARGE
                        ? Math.log(size) + LN_2
                        : Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)));
        return Math.copySign(area, x);
    }

    /// The number not below 0 whose hyperbolic cosine is `x`; NaN for `x` below 1.
    public static double acosh(double x) {
        double above = x - 1;
        return x > LARGE ? Math.log(x) + LN_2 : Math.log1p(above + Math.sqrt(2 * above + above * above));
    }

    /// The number whose hyperbolic tangent is `x`; infinite at 1 and -1, NaN beyond.
    public static double atanh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log1p(2 * size / (1 - size)) / 2, x);
    }

    /// The error function, within 1e-15.
    public static double erf(double x) {
        double size = Math.abs(x);
        if (!(size > SERIES_LIMIT)) {
            return erfSeries(x);
        }
        return Math.copySign(size > ERF_LIMIT ? 1 : 1 - erfcFraction(size), x);
    }

    /// `2/sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...)`, whose terms are all of one sign.
    private static double erfSeries(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /// The complement of the error function as a continued fraction, for large `x`.
    private static double erfcFraction(double x) {
        double rest = x;
        for (int n = FRACTION_DEPTH; n > 0; n--) {
            rest = x + n / 2.0 / rest;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / rest;
    }

    /// The bits of the nearest bfloat16, ties to even.
    public static short floatToBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int quiet = (bits >>> 16) | 0x40;
        int rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
        return (short) (Float.isNaN(value) ? quiet : rounded);
    }
}
