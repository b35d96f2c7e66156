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

    /// The bits of a real number as an unsigned integer, rounded towards zero.
    public static long toUnsigned(double value) {
        return value >= 0x1p63 ? (long) (value - 0x1p63) + Long.MIN_VALUE : (long) value;
    }

    /// The number that the bits of an unsigned integer stand for, rounded to a double.
    public static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }
}
