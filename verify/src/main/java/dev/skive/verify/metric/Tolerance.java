package dev.skive.verify.metric;

import java.util.OptionalDouble;

/// How close outputs have to be. Outputs that are not real have to be equal.
///
/// @param relativeL2 largest relative L2 error of an output
/// @param errorRatio largest error against the referee, as a multiple of the error of the reference; empty when no
///     referee is asked
public record Tolerance(double relativeL2, OptionalDouble errorRatio) {
    /// The tolerance of float32 engines that compute one model in different orders.
    public static final Tolerance FLOAT32 = relativeL2(1e-5);

    /// Equal numbers, NaNs and infinities at the same places.
    public static final Tolerance EXACT = relativeL2(0);

    /// A relative L2 error, without a referee.
    public static Tolerance relativeL2(double largest) {
        return new Tolerance(largest, OptionalDouble.empty());
    }

    /// This tolerance, and an error against the referee of at most `ratio` times that of the reference.
    public Tolerance withErrorRatio(double ratio) {
        return new Tolerance(relativeL2, OptionalDouble.of(ratio));
    }
}
