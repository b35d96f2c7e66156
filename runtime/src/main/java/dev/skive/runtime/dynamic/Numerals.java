package dev.skive.runtime.dynamic;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as text, as C writes and reads them.
final class Numerals {
    private static final int LEAST_EXPONENT = -4;

    private Numerals() {}

    /// As `%g` with a number of significant digits.
    static String real(double value, int digits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "INF" : "-INF";
        }
        if (value == 0) {
            return 1 / value > 0 ? "0" : "-0";
        }
        var rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal shortest = rounded.stripTrailingZeros();
        if (exponent >= LEAST_EXPONENT && exponent < digits) {
            return shortest.toPlainString();
        }
        String sign = exponent < 0 ? "-" : "+";
        return "%se%s%02d".formatted(shortest.movePointLeft(exponent).toPlainString(), sign, Math.abs(exponent));
    }

    /// The number that a text says.
    ///
    /// @throws NumberFormatException when it says none
    static double real(String word) {
        String text = word.strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /// The integer that a text says.
    ///
    /// @throws NumberFormatException when it says none
    static long integer(String word, boolean isUnsigned) {
        return isUnsigned ? Long.parseUnsignedLong(word.strip()) : Long.parseLong(word.strip());
    }
}
