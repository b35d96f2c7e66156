package dev.skive.cli.bench;

import java.time.Duration;

/// How much time a measurement may take.
///
/// @param rounds how often each contender takes its turn
/// @param turn least time of a turn
/// @param warmUp least time each contender runs before it is measured
/// @param patience most time each contender is given to become steady
public record Effort(int rounds, Duration turn, Duration warmUp, Duration patience) {
    /// Enough for figures to publish.
    public static final Effort FULL =
            new Effort(25, Duration.ofMillis(60), Duration.ofMillis(2_000), Duration.ofSeconds(12));

    /// Enough to see the ratio.
    public static final Effort SHORT =
            new Effort(7, Duration.ofMillis(40), Duration.ofMillis(1_000), Duration.ofSeconds(5));

    /// This effort with another number of rounds.
    public Effort withRounds(int count) {
        return new Effort(count, turn, warmUp, patience);
    }
}
