package dev.skive.cli.quality;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.cli.bench.Timing;
import dev.skive.cli.console.Table;
import dev.skive.verify.quality.Budget;
import dev.skive.verify.quality.MetricKind;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What passes did to a model.
///
/// @param quality figures on data, none without data
/// @param cost parameters, bytes and work
/// @param latency of the compiled models, none when it was not measured
public record BeforeAfter(ImmutableList<Figure> quality, Costs cost, @Nullable Latency latency) {
    /// A figure of merit.
    ///
    /// @param metric its name
    /// @param before that of the original; for a metric that compares with the original the best there is
    /// @param after that of the changed model
    /// @param budget what it must be, if anything
    /// @param holds whether it is
    public record Figure(String metric, double before, double after, @Nullable String budget, boolean holds) {}

    /// Sizes and work.
    ///
    /// @param sizes of the inputs the work is for
    /// @param before of the original
    /// @param after of the changed model
    public record Costs(Map<String, Long> sizes, Cost before, Cost after) {}

    /// Times of the compiled models, taking turns in one process.
    ///
    /// @param sizes of the inputs
    /// @param threads of each model
    /// @param rounds how often each took its turn
    /// @param kernels the instruction set they ran on
    /// @param before of the original
    /// @param after of the changed model
    public record Latency(String sizes, int threads, int rounds, String kernels, Timing before, Timing after) {
        /// The names of the models in a measurement.
        public static final String BEFORE = "original";

        /// The name of the changed one.
        public static final String AFTER = "changed";

        /// The latency in a measurement of both.
        public static Latency of(LatencyArguments.Latency measured) {
            return new Latency(
                    measured.sizes(),
                    measured.threads(),
                    measured.rounds(),
                    measured.kernels(),
                    Objects.requireNonNull(measured.timings().get(BEFORE)),
                    Objects.requireNonNull(measured.timings().get(AFTER)));
        }
    }

    /// Figures beside each other.
    public static ImmutableList<Figure> figures(
            ImmutableSortedMap<MetricKind, Double> before,
            ImmutableSortedMap<MetricKind, Double> after,
            ImmutableList<Budget> budgets) {
        return after.keySet().stream()
                .map(kind -> {
                    double original = Objects.requireNonNull(before.get(kind));
                    double changed = Objects.requireNonNull(after.get(kind));
                    Optional<Budget> budget =
                            budgets.stream().filter(one -> one.metric() == kind && one.bound().isPresent()).findFirst();
                    boolean holds =
                            budgets.stream()
                                    .filter(one -> one.metric() == kind)
                                    .allMatch(one -> one.holds(original, changed));
                    return new Figure(
                            kind.toString(), original, changed, budget.map(Budget::toString).orElse(null), holds);
                })
                .collect(ImmutableList.toImmutableList());
    }

    /// The same with latency.
    public BeforeAfter withLatency(Latency measured) {
        return new BeforeAfter(quality, cost, measured);
    }

    /// Whether all budgets hold.
    public boolean holds() {
        return quality.stream().allMatch(Figure::holds);
    }

    @Override
    public String toString() {
        var table = new Table("", "before", "after", "budget");
        quality.forEach(figure ->
                table.row(
                        figure.metric(),
                        "%.5f".formatted(figure.before()),
                        "%.5f".formatted(figure.after()),
                        budget(figure)));
        table.row("parameters", cost.before().parameters(), cost.after().parameters(), "");
        table.row("weight bytes", cost.before().weightBytes(), cost.after().weightBytes(), "");
        table.row("flops", flops(cost.before()), flops(cost.after()), "");
        if (latency != null) {
            String label = "compiled, median ms, %s, %d threads".formatted(latency.sizes(), latency.threads());
            table.row(label, millis(latency.before()), millis(latency.after()), "");
        }
        return table.toString();
    }

    private static String budget(Figure figure) {
        return figure.budget() == null ? "" : figure.budget() + (figure.holds() ? "" : " BROKEN");
    }

    private static String flops(Cost cost) {
        return cost.flops() == null ? "-" : String.valueOf(cost.flops());
    }

    private static String millis(Timing timing) {
        return "%.3f".formatted(timing.medianMillis());
    }
}
