package dev.skive.verify.conformance;

import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;

/// Places of the numbers of a format in their order, so that the difference of two places is the number of steps
/// between them (the units in the last place). Both zeros are at 0.
final class FloatSteps {
    private FloatSteps() {}

    /// The number of steps between two finite elements of a type, at most the greatest long.
    static long between(ElementType element, double a, double b) {
        long difference = place(element, a) - place(element, b);
        // Only doubles of opposite sign can be further apart than a long counts.
        boolean overflows = a < 0 != b < 0 && Math.abs(difference) < Math.abs(place(element, a));
        return overflows ? Long.MAX_VALUE : Math.abs(difference);
    }

    private static long place(ElementType element, double value) {
        if (element == ElementType.FLOAT64) {
            long bits = Double.doubleToLongBits(value);
            return bits >= 0 ? bits : Long.MIN_VALUE - bits;
        }
        FloatFormat format = FloatFormat.of(element);
        long place = format.encode(Math.abs(value));
        return value < 0 ? -place : place;
    }
}
