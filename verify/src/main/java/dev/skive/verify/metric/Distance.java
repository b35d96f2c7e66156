package dev.skive.verify.metric;

import java.util.Locale;

/// How far two lists of numbers are apart.
///
/// @param maxAbsolute largest absolute difference
/// @param relativeL2 norm of the difference over norm of the reference; 0 for equal lists, infinite when only the
///     reference is zero
/// @param cosine cosine of the angle between them; 1 when both are zero, 0 when one is
/// @param maxUlp largest number of float32 steps between two elements, both rounded to float32
public record Distance(double maxAbsolute, double relativeL2, double cosine, long maxUlp) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "relative L2 %.3g, max abs %.3g, max ulp %d, cosine %.9f",
                relativeL2,
                maxAbsolute,
                maxUlp,
                cosine);
    }
}
