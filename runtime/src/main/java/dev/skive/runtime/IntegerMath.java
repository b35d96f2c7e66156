package dev.skive.runtime;

/// Integer functions of ONNX where Java's operators differ: unsigned 64-bit numbers, division by zero, powers.
public final class IntegerMath {
    private IntegerMath() {}

    /// `a / b` towards zero; 0 when `b` is 0, which ONNX leaves undefined.
    public static long divide(long a, long b) {
        return b == 0 ? 0 : a / b;
    }

    /// `a / b` of unsigned numbers; 0 when `b` is 0, which ONNX leaves undefined.
    public static long divideUnsigned(long a, long b) {
        return b == 0 ? 0 : Long.divideUnsigned(a, b);
    }

    /// `a - b * (a / b)`, which has the sign of `a`; 0 when `b` is 0, which ONNX leaves undefined.
    public static long remainder(long a, long b) {
        return b == 0 ? 0 : a % b;
    }

    /// The remainder of unsigned numbers; 0 when `b` is 0, which ONNX leaves undefined.
    public static long remainderUnsigned(long a, long b) {
        return b == 0 ? 0 : Long.remainderUnsigned(a, b);
    }

    /// The remainder with the sign of `b`; 0 when `b` is 0, which ONNX leaves undefined.
    public static long modulo(long a, long b) {
        return b == 0 ? 0 : Math.floorMod(a, b);
    }

    /// `a * 2^b` modulo `2^64`, for an unsigned `b`.
    public static long shiftLeft(long a, long b) {
        return Long.compareUnsigned(b, Long.SIZE) < 0 ? a << b : 0;
    }

    /// `a / 2^b` rounded down, for unsigned numbers.
    public static long shiftRight(long a, long b) {
        return Long.compareUnsigned(b, Long.SIZE) < 0 ? a >>> b : 0;
    }

    /// The smaller of two unsigned numbers.
    public static long minUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    /// The larger of two unsigned numbers.
    public static long maxUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    /// `base ^ exponent` modulo `2^64`; a negative exponent gives 0 unless the base is 1 or -1.
    public static long power(long base, long exponent) {
        if (exponent < 0) {
            return Math.abs(base) == 1 ? (exponent % 2 == 0 ? 1 : base) : 0;
        }
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            result *= (rest & 1) == 1 ? square : 1;
            square *= square;
        }
        return result;
    }

    /// A real number towards zero as a 32-bit integer; the least one for NaN and numbers beyond.
    public static long toInt(double value) {
        return value > -0x1p31 - 1 && value < 0x1p31 ? (int) value : Integer.MIN_VALUE;
    }

    /// A real number towards zero as a 64-bit integer; the least one for NaN and numbers beyond.
    public static long toLong(double value) {
        return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
    }

    /// A real number to the nearest 32-bit integer, ties away from zero; the least one for NaN and numbers beyond.
    public static long toNearest(double value) {
        if (!(Math.abs(value) < 0x1p31 - 0.5)) {
            return Integer.MIN_VALUE;
        }
        long whole = (long) value;
        return Math.abs(value - whole) < 0.5 ? whole : whole + (value < 0 ? -1 : 1);
    }

    /// A real number towards zero as the bits of an unsigned 32-bit integer; a negative one wraps, one beyond `2^32` gives
    /// 0, and one below `-2^31` or NaN gives `2^31`.
    public static long toUnsignedInt(double value) {
        return value >= 0x1p31 ? value < 0x1p32 ? (long) value : 0 : toInt(value) & 0xFFFFFFFFL;
    }

    /// A real number towards zero as the bits of an unsigned 64-bit integer; a negative one wraps, one beyond `2^64` gives
    /// 0, and one below `-2^63` or NaN gives `2^63`.
    public static long toUnsigned(double value) {
        return value >= 0x1p63 ? value < 0x1p64 ? (long) (value - 0x1p63) + Long.MIN_VALUE : 0 : toLong(value);
    }

    /// The number that the bits of an unsigned integer stand for, rounded to a double.
    public static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }
}
