package dev.skive.verify;

import java.util.Locale;

/// What the referee says about one output: the relative L2 errors of two engines against the exact result.
///
/// @param output the name of the output
/// @param candidate error of the candidate
/// @param reference error of the reference
public record Judgement(String output, double candidate, double reference) {
    /// The error of the candidate as a multiple of that of the reference: 0 for no error, infinite when only the
    /// reference has none.
    public double ratio() {
        return candidate == 0 ? 0 : candidate / reference;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s: error %.3g, reference %.3g, ratio %.2f", output, candidate, reference, ratio());
    }
}
