package dev.skive.passes.rule;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How far a run of rules has come, and whether it runs in circles.
final class Progress {
    private static final int STEPS_PER_NODE = 20;
    private static final int STEPS_AT_LEAST = 1_000;
    private static final int NAMED = 3;

    private final int limit;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<Graph> seen = new HashSet<>();
    private int steps;

    /// The beginning.
    Progress(Graph graph) {
        this.limit = STEPS_AT_LEAST + STEPS_PER_NODE * graph.nodes().size();
        seen.add(graph);
    }

    /// Takes note of a round.
    ///
    /// @param fired the rules that fired, once each time
    /// @param graph what came out of it
    /// @throws SkiveException when there were too many steps, or the graph was there before; it names the rules that fired
    ///     most
    void after(List<String> fired, Graph graph) {
        fired.forEach(rule -> counts.merge(rule, 1, Integer::sum));
        steps += fired.size();
        if (steps > limit) {
            throw overrun("fired more than " + limit + " times");
        }
        if (!seen.add(graph)) {
            throw overrun("came back to a graph seen before");
        }
    }

    private SkiveException overrun(String how) {
        String most =
                counts.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(NAMED)
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + " times)")
                        .collect(Collectors.joining(", "));
        return new SkiveException(
                ExitCode.INTERNAL, "the rules do not come to an end: they %s; fired most: %s".formatted(how, most));
    }
}
