package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.verify.conformance.CaseResult.Status;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What became of all cases.
///
/// @param results by name
public record ConformanceReport(ImmutableList<CaseResult> results) {
    static ConformanceReport of(Collection<CaseResult> results) {
        return new ConformanceReport(
                results.stream()
                        .sorted(Comparator.comparing(CaseResult::name))
                        .collect(ImmutableList.toImmutableList()));
    }

    /// How many cases ended like that.
    public int count(Status status) {
        return (int) results.stream().filter(result -> result.status() == status).count();
    }

    /// How many cases passed although something could not be compared.
    public int partial() {
        return (int) results.stream().filter(ConformanceReport::isPartial).count();
    }

    private static boolean isPartial(CaseResult result) {
        return result.status() == Status.PASSED && !result.reason().isEmpty();
    }

    /// The most steps between two real elements in a case that passed.
    public long maxUlp() {
        return results.stream()
                .filter(result -> result.status() == Status.PASSED)
                .mapToLong(CaseResult::maxUlp)
                .max()
                .orElse(0);
    }

    /// How many cases are not supported for which reason, most frequent first. Missing operators count each; what is
    /// particular to a case is left out of other reasons.
    public ImmutableMap<String, Integer> unsupportedReasons() {
        Map<String, Integer> counts = new TreeMap<>();
        results.stream()
                .filter(result -> result.status() == Status.UNSUPPORTED)
                .flatMap(ConformanceReport::reasons)
                .forEach(reason -> counts.merge(reason, 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<String> reasons(CaseResult result) {
        if (!result.operators().isEmpty()) {
            return result.operators().stream().map(operator -> "operator " + operator);
        }
        return Stream.of(
                result.reason()
                        .replaceFirst("^(node )?\\S+: (?=[A-Z])", "")
                        .replaceAll("'[^']*'", "'...'")
                        .replaceAll("\\[[^\\]]*\\]", "[...]")
                        .replaceAll("\\d+", "N"));
    }
}
