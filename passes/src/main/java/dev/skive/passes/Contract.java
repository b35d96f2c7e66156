package dev.skive.passes;

/// What a rewrite promises about the numbers.
public sealed interface Contract permits Exactness, Contract.Approximate {
    /// Changes the answers, by at most `budget` in `metric`.
    ///
    /// @param metric how the change is measured
    /// @param budget the largest change allowed
    record Approximate(String metric, double budget) implements Contract {
        /// What a pass promises that cannot know its effect: the user says what is measured and how much is too much.
        public static final Approximate BY_USER = new Approximate("chosen by the user", Double.POSITIVE_INFINITY);

        @Override
        public String toString() {
            return "approximate(%s, %s)".formatted(metric, budget);
        }
    }

    /// True when something of contract `other` keeps this contract too.
    default boolean permits(Contract other) {
        return freedom() >= other.freedom();
    }

    private int freedom() {
        return switch (this) {
            case Exactness.EXACT -> 0;
            case Exactness.REASSOCIATING -> 1;
            case Approximate approximate -> 2;
        };
    }
}
