package dev.skive.verify.quality;

import com.google.common.primitives.Doubles;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a metric must be: `cosine>=0.99`, `kl<=0.1`, `spearman>=99.5%` (of what the original has), or just `top-1`, which
/// anything satisfies.
///
/// @param metric which one
/// @param bound the worst figure allowed, if there is one
/// @param isShare whether the bound is a share of the figure of the original
public record Budget(MetricKind metric, OptionalDouble bound, boolean isShare) {
    private static final Pattern TEXT = Pattern.compile("\\s*([a-z0-9-]+)\\s*(?:(>=|<=)\\s*([0-9.eE+-]+)(%?))?\\s*");
    private static final double PERCENT = 100;

    /// Reads a budget.
    ///
    /// @throws SkiveException when the text is none
    public static Budget parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw usage("expected a metric such as cosine>=0.99 or kl<=0.1, found '%s'".formatted(text));
        }
        MetricKind metric = metric(matcher.group(1));
        if (matcher.group(2) == null) {
            return new Budget(metric, OptionalDouble.empty(), false);
        }
        String direction = metric.higherIsBetter() ? ">=" : "<=";
        if (!matcher.group(2).equals(direction)) {
            throw usage("'%s': %s is bounded by %s".formatted(text, metric, direction));
        }
        boolean isShare = !matcher.group(4).isEmpty();
        if (isShare && metric.comparison().isPresent()) {
            throw usage(
                    "'%s': %s compares with the original already; its bound is no percentage".formatted(text, metric));
        }
        Double bound = Doubles.tryParse(matcher.group(3));
        if (bound == null) {
            throw usage("'%s': '%s' is no number".formatted(text, matcher.group(3)));
        }
        return new Budget(metric, OptionalDouble.of(isShare ? bound / PERCENT : bound), isShare);
    }

    private static MetricKind metric(String name) {
        return Arrays.stream(MetricKind.values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        usage(
                                "unknown metric '%s'; there are %s"
                                        .formatted(name, Arrays.toString(MetricKind.values()))));
    }

    /// Whether a figure is within the budget; one that is not a number never is within a bound.
    ///
    /// @param before the figure of the original, for a metric that says something of one model
    /// @param after the figure of the changed model
    public boolean holds(double before, double after) {
        if (bound.isEmpty()) {
            return true;
        }
        double worst = isShare ? bound.getAsDouble() * before : bound.getAsDouble();
        return metric.higherIsBetter() ? after >= worst : after <= worst;
    }

    private static SkiveException usage(String message) {
        return new SkiveException(ExitCode.USAGE, message);
    }

    @Override
    public String toString() {
        if (bound.isEmpty()) {
            return metric.toString();
        }
        String sign = metric.higherIsBetter() ? ">=" : "<=";
        String value = isShare ? bound.getAsDouble() * PERCENT + "%" : String.valueOf(bound.getAsDouble());
        return metric + sign + value;
    }
}
