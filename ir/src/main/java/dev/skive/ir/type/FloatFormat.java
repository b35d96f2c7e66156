package dev.skive.ir.type;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.EnumSet;
import java.util.Optional;

/// A binary floating-point format of at most 32 bits: sign, exponent, mantissa. Values are rounded to nearest, ties to
/// even. Numbers beyond the largest saturate in formats of at most 8 bits, as the ONNX `Cast` default does, and become
/// infinite in wider ones; infinities stay infinite where the format has them. The format of scales has no sign and no
/// mantissa: it drops the sign and rounds up to a power of two, and what is not finite becomes NaN.
///
/// @param exponentBits width of the exponent
/// @param mantissaBits width of the stored mantissa
/// @param bias exponent bias
/// @param special which bit patterns are not numbers
public record FloatFormat(int exponentBits, int mantissaBits, int bias, Special special) {
    /// Which bit patterns stand for infinity and NaN.
    public enum Special {
        /// Exponent all ones: infinity when the mantissa is zero, else NaN.
        IEEE,
        /// All ones is NaN, no infinity.
        ALL_ONES_NAN,
        /// Negative zero is NaN, no infinity.
        NEGATIVE_ZERO_NAN,
        /// Every pattern is a number.
        NONE,
        /// Powers of two only: no sign, no zero, all ones is NaN.
        SCALE
    }

    private static final ImmutableMap<ElementType, FloatFormat> FORMATS =
            Maps.immutableEnumMap(
                    Maps.toMap(
                            EnumSet.of(
                                    ElementType.FLOAT32,
                                    ElementType.FLOAT16,
                                    ElementType.BFLOAT16,
                                    ElementType.FLOAT8E4M3FN,
                                    ElementType.FLOAT8E4M3FNUZ,
                                    ElementType.FLOAT8E5M2,
                                    ElementType.FLOAT8E5M2FNUZ,
                                    ElementType.FLOAT8E8M0,
                                    ElementType.FLOAT4E2M1),
                            FloatFormat::describe));

    private static FloatFormat describe(ElementType element) {
        return switch (element) {
            case FLOAT32 -> new FloatFormat(8, 23, 127, Special.IEEE);
            case FLOAT16 -> new FloatFormat(5, 10, 15, Special.IEEE);
            case BFLOAT16 -> new FloatFormat(8, 7, 127, Special.IEEE);
            case FLOAT8E4M3FN -> new FloatFormat(4, 3, 7, Special.ALL_ONES_NAN);
            case FLOAT8E4M3FNUZ -> new FloatFormat(4, 3, 8, Special.NEGATIVE_ZERO_NAN);
            case FLOAT8E5M2 -> new FloatFormat(5, 2, 15, Special.IEEE);
            case FLOAT8E5M2FNUZ -> new FloatFormat(5, 2, 16, Special.NEGATIVE_ZERO_NAN);
            case FLOAT8E8M0 -> new FloatFormat(8, 0, 127, Special.SCALE);
            case FLOAT4E2M1 -> new FloatFormat(2, 1, 1, Special.NONE);
            default -> throw new AssertionError(element + " is not a small float");
        };
    }

    /// The format of a real element type of at most 32 bits.
    ///
    /// @throws IllegalArgumentException for every other type (float64 needs no format)
    public static FloatFormat of(ElementType element) {
        return Optional.ofNullable(FORMATS.get(element))
                .orElseThrow(() ->
                        new IllegalArgumentException(element + " has no floating-point format of at most 32 bits"));
    }

    /// The number a bit pattern stands for.
    public double decode(long bits) {
        if (special == Special.SCALE) {
            return bits == exponentMask() ? Double.NaN : Math.scalb(1.0, (int) bits - bias);
        }
        long mantissa = bits & mantissaMask();
        long exponent = (bits >> mantissaBits) & exponentMask();
        double sign = (bits >> (exponentBits + mantissaBits) & 1) == 0 ? 1 : -1;
        if (isNan(bits)) {
            return Double.NaN;
        }
        if (special == Special.IEEE && exponent == exponentMask()) {
            return sign * Double.POSITIVE_INFINITY;
        }
        return exponent == 0
                ? sign * Math.scalb((double) mantissa, 1 - bias - mantissaBits)
                : sign * Math.scalb((double) (mantissa | 1L << mantissaBits), (int) exponent - bias - mantissaBits);
    }

    private boolean isNan(long bits) {
        long magnitude = bits & (1L << (exponentBits + mantissaBits)) - 1;
        return switch (special) {
            case IEEE -> magnitude > exponentMask() << mantissaBits;
            case ALL_ONES_NAN -> magnitude == (1L << (exponentBits + mantissaBits)) - 1;
            case NEGATIVE_ZERO_NAN -> bits == signBit();
            case NONE, SCALE -> false;
        };
    }

    /// The bit pattern of the nearest representable number.
    public long encode(double value) {
        if (Double.isNaN(value)) {
            return nan();
        }
        double magnitude = Math.abs(value);
        if (special == Special.SCALE) {
            return encodeScale(magnitude);
        }
        long sign = Double.doubleToRawLongBits(value) < 0 ? signBit() : 0;
        if (Double.isInfinite(magnitude)) {
            return sign | (special == Special.IEEE ? infinity() : largest());
        }
        int exponent = Math.max(Math.getExponent(magnitude), 1 - bias);
        long units = (long) Math.rint(Math.scalb(magnitude, mantissaBits - exponent));
        long pattern = units + ((long) (exponent + bias - 1) << mantissaBits);
        if (pattern > largest()) {
            return sign | (saturates() ? largest() : infinity());
        }
        return special == Special.NEGATIVE_ZERO_NAN && pattern == 0 ? 0 : sign | pattern;
    }

    private long encodeScale(double magnitude) {
        if (Double.isInfinite(magnitude)) {
            return nan();
        }
        int exponent = Math.getExponent(magnitude);
        int roundedUp = magnitude > Math.scalb(1.0, exponent) ? exponent + 1 : exponent;
        return Math.clamp(roundedUp + (long) bias, 0, largest());
    }

    private boolean saturates() {
        return 1 + exponentBits + mantissaBits <= Byte.SIZE;
    }

    private long infinity() {
        return exponentMask() << mantissaBits;
    }

    /// The value rounded to this format.
    public double round(double value) {
        return decode(encode(value));
    }

    /// The greatest finite number.
    public double greatest() {
        return decode(largest());
    }

    private long largest() {
        long all = (1L << (exponentBits + mantissaBits)) - 1;
        return switch (special) {
            case IEEE -> infinity() - 1;
            case ALL_ONES_NAN, SCALE -> all - 1;
            case NEGATIVE_ZERO_NAN, NONE -> all;
        };
    }

    private long nan() {
        return switch (special) {
            case IEEE -> infinity() | 1L << (mantissaBits - 1);
            case ALL_ONES_NAN, SCALE -> (1L << (exponentBits + mantissaBits)) - 1;
            case NEGATIVE_ZERO_NAN -> signBit();
            case NONE -> largest();
        };
    }

    private long signBit() {
        return 1L << (exponentBits + mantissaBits);
    }

    private long mantissaMask() {
        return (1L << mantissaBits) - 1;
    }

    private long exponentMask() {
        return (1L << exponentBits) - 1;
    }
}
