package dev.skive.verify;

import com.google.common.collect.ImmutableList;
import dev.skive.verify.metric.Comparison;
import dev.skive.verify.metric.Tolerance;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The result of an [EquivalenceCheck].
///
/// @param reference name of the reference
/// @param candidate name of the candidate
/// @param tolerance how close the outputs had to be
/// @param rows one per case
public record EquivalenceReport(String reference, String candidate, Tolerance tolerance, ImmutableList<Row> rows) {
    /// One case.
    ///
    /// @param ran the case
    /// @param comparisons one per output
    /// @param judgements one per real output, when a referee was asked
    /// @param failure why the case could not run, if it could not
    public record Row(
            Case ran,
            ImmutableList<Comparison> comparisons,
            ImmutableList<Judgement> judgements,
            Optional<String> failure) {
        /// True when the case ran, has outputs, and all are close enough.
        public boolean passes(Tolerance tolerance) {
            return failure.isEmpty()
                    && !comparisons.isEmpty()
                    && comparisons.stream().allMatch(comparison -> comparison.isWithin(tolerance))
                    && (tolerance.errorRatio().isEmpty() || fair(tolerance.errorRatio().getAsDouble()));
        }

        private boolean fair(double ratio) {
            return judgements.stream().allMatch(judgement -> judgement.ratio() <= ratio);
        }

        private String text(Tolerance tolerance) {
            Stream<String> details =
                    Stream.of(
                                    failure.stream().map(why -> "could not run: " + why),
                                    comparisons.stream().map(Comparison::toString),
                                    judgements.stream().map(Judgement::toString))
                            .flatMap(stream -> stream);
            return (passes(tolerance) ? "pass  " : "FAIL  ") + ran + "  " + details.collect(Collectors.joining("; "));
        }
    }

    /// True when there is a case and all pass.
    public boolean passed() {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.passes(tolerance));
    }

    /// The rows that do not pass.
    public ImmutableList<Row> failures() {
        return rows.stream().filter(row -> !row.passes(tolerance)).collect(ImmutableList.toImmutableList());
    }

    /// One line per case, and one that sums up.
    @Override
    public String toString() {
        String lines = rows.stream().map(row -> row.text(tolerance) + "\n").collect(Collectors.joining());
        return lines
                + "%s against %s: %d of %d cases pass"
                        .formatted(candidate, reference, rows.size() - failures().size(), rows.size());
    }
}
