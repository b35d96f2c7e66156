package dev.skive.passes;

import java.util.Locale;

/// The contracts that leave the answers as they are.
public enum Exactness implements Contract {
    /// Bit-identical results in the same evaluator, all NaNs counted as one.
    EXACT,
    /// Equal in exact arithmetic; rounding may differ.
    REASSOCIATING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
