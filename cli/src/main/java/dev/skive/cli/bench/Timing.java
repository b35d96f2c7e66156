package dev.skive.cli.bench;

import java.util.Arrays;
import java.util.Collection;

/// The times of single calls.
///
/// @param calls how many were measured
/// @param minimumNanos of the fastest
/// @param medianNanos of the middle one
public record Timing(int calls, double minimumNanos, double medianNanos) {
    /// No calls at all.
    static final Timing NONE = new Timing(0, Double.NaN, Double.NaN);

    /// The summary of the times of calls, of which there is at least one.
    static Timing of(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Timing(sorted.length, sorted[0], median(sorted));
    }

    private static double median(long[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    /// The median of times in any order.
    static double median(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return median(sorted);
    }

    /// The median in milliseconds.
    public double medianMillis() {
        return medianNanos / 1e6;
    }

    /// The minimum in milliseconds.
    public double minimumMillis() {
        return minimumNanos / 1e6;
    }
}
