package dev.skive.ir.op;

import dev.skive.ir.type.ElementType;

/// Real numbers as integers, also those that the integer type cannot hold; `Cast` states the rules.
final class Truncation {
    private Truncation() {}

    /// The integer of a type that a real number becomes.
    static long of(ElementType to, double value) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        long integer =
                switch (to) {
                    case INT64 -> toLong(whole);
                    case UINT64 -> whole < 0x1p63 || Double.isNaN(value) ? toLong(whole) : upper(whole);
                    case UINT32 ->
                            whole < 0x1p31 || Double.isNaN(value) ? toInt(whole) : whole < 0x1p32 ? (long) whole : 0;
                    case INT4, UINT4, INT2, UINT2 -> toInt(nearest(value, whole));
                    default -> toInt(whole);
                };
        return to.wrap(integer);
    }

    /// Ties away from zero.
    private static double nearest(double value, double whole) {
        return Math.abs(value - whole) < 0.5 ? whole : whole + Math.signum(value);
    }

    private static long toInt(double whole) {
        return whole >= Integer.MIN_VALUE && whole <= Integer.MAX_VALUE ? (long) whole : Integer.MIN_VALUE;
    }

    private static long toLong(double whole) {
        return whole >= -0x1p63 && whole < 0x1p63 ? (long) whole : Long.MIN_VALUE;
    }

    private static long upper(double whole) {
        return whole < 0x1p64 ? (long) (whole - 0x1p63) + Long.MIN_VALUE : 0;
    }
}
