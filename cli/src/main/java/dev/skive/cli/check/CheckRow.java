package dev.skive.cli.check;

import com.google.common.collect.ImmutableList;
import dev.skive.verify.EquivalenceReport;
import dev.skive.verify.Judgement;
import dev.skive.verify.metric.Comparison;
import dev.skive.verify.metric.Distance;
import dev.skive.verify.metric.Tolerance;
import java.util.Map;

/// One case of one engine.
///
/// @param engine the engine checked
/// @param reference what it was compared with
/// @param sizes sizes of the symbols
/// @param masks kind of masks
/// @param seed of the inputs
/// @param passed whether the outputs are close enough
/// @param relativeL2 the largest of all outputs; not a number when the case could not run
/// @param maxAbsolute largest absolute difference of all outputs
/// @param maxUlp largest difference of all outputs in steps of a float, which is large for elements near zero
/// @param errorRatio the largest error against the referee, as a multiple of that of the reference; 0 without referee
/// @param details a line per output, or why the case could not run
public record CheckRow(
        String engine,
        String reference,
        Map<String, Long> sizes,
        String masks,
        long seed,
        boolean passed,
        double relativeL2,
        double maxAbsolute,
        long maxUlp,
        double errorRatio,
        ImmutableList<String> details) {
    static CheckRow of(EquivalenceReport report, EquivalenceReport.Row row) {
        Tolerance tolerance = report.tolerance();
        ImmutableList<Distance> distances =
                row.comparisons().stream()
                        .filter(Comparison.Real.class::isInstance)
                        .map(comparison -> ((Comparison.Real) comparison).distance())
                        .collect(ImmutableList.toImmutableList());
        var details = ImmutableList.<String>builder();
        row.failure().map(why -> "could not run: " + why).ifPresent(details::add);
        row.comparisons().forEach(comparison -> details.add(comparison.toString()));
        row.judgements().forEach(judgement -> details.add(judgement.toString()));
        return new CheckRow(
                report.candidate(),
                report.reference(),
                row.ran().sizes(),
                row.ran().masks().name().toLowerCase(java.util.Locale.ROOT),
                row.ran().seed(),
                row.passes(tolerance),
                row.comparisons().isEmpty()
                        ? Double.NaN
                        : distances.stream().mapToDouble(Distance::relativeL2).max().orElse(0),
                distances.stream().mapToDouble(Distance::maxAbsolute).max().orElse(0),
                distances.stream().mapToLong(Distance::maxUlp).max().orElse(0),
                row.judgements().stream().mapToDouble(Judgement::ratio).max().orElse(0),
                details.build());
    }
}
