package dev.skive.passes;

/// What a rewrite promises about the numbers.
public sealed interface Contract {
    /// Bit-identical results in the same evaluator, all NaNs counted as one.
    Contract EXACT = new Exact();
    /// Equal in exact arithmetic; rounding may differ.
    Contract REASSOCIATING = new Reassociating();

    /// Bit-identical results in the same evaluator.
    record Exact() implements Contract {
        @Override
        public String toString() {
            return "exact";
        }
    }

    /// Equal in exact arithmetic.
    record Reassociating() implements Contract {
        @Override
        public String toString() {
            return "reassociating";
        }
    }

    /// Changes the answers, by at most `budget` in `metric`.
    ///
    /// @param metric how the change is measured
    /// @param budget the largest change allowed
    record Approximate(String metric, double budget) implements Contract {
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
            case Exact exact -> 0;
            case Reassociating reassociating -> 1;
            case Approximate approximate -> 2;
        };
    }
}
