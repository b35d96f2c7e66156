package dev.skive.runtime;

import java.util.function.DoubleUnaryOperator;

/// How far a float function is from its double-precision reference.
public final class Accuracy {
    /// Steps through all bit patterns of floats so that every exponent is met with some ten thousand mantissas.
    private static final int STRIDE = 997;

    private Accuracy() {}

    /// A function on floats.
    @FunctionalInterface
    public interface FloatFunction {
        /// The value at an argument.
        float at(float x);
    }

    /// A measure of the distance of a result from what it should be.
    @FunctionalInterface
    interface Distance {
        double of(float x, float found, double expected);
    }

    /// The largest distance over all finite arguments whose results are normal floats that the function promises.
    static double largest(FloatFunction function, DoubleUnaryOperator reference, double least, Distance distance) {
        double largest = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
            float x = Float.intBitsToFloat((int) bits);
            double expected = reference.applyAsDouble(x);
            if (Float.isFinite(x) && Math.abs(expected) >= least && Math.abs(expected) <= Float.MAX_VALUE) {
                double found = distance.of(x, function.at(x), expected);
                largest = found > largest || Double.isNaN(found) ? found : largest;
            }
        }
        return largest;
    }

    /// Distance in units in the last place of the float nearest to the true result.
    static double ulps(FloatFunction function, DoubleUnaryOperator reference, double least) {
        return largest(
                function,
                reference,
                least,
                (x, found, expected) -> Math.abs(found - expected) / Math.ulp((float) expected));
    }

    /// The error function: its power series near 0, the continued fraction of `erfc` elsewhere.
    static double erf(double x) {
        return Math.abs(x) < 2.5 ? erfSeries(x) : Math.copySign(1 - erfc(Math.abs(x)), x);
    }

    /// The normal distribution function, with a small relative error in the lower tail too.
    static double phi(double x) {
        double z = x / Math.sqrt(2);
        return z < -2.5 ? 0.5 * erfc(-z) : 0.5 * (1 + erf(z));
    }

    private static double erfSeries(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 80; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return sum * 2 / Math.sqrt(Math.PI);
    }

    private static double erfc(double x) {
        double fraction = x;
        for (int k = 120; k > 0; k--) {
            fraction = x + k / 2.0 / fraction;
        }
        return StrictMath.exp(-x * x) / (fraction * Math.sqrt(Math.PI));
    }
}
