package dev.skive.passes.rule.instance;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.passes.rule.CostClaim;
import java.util.HashMap;

/// The costs of two graphs side by side, counted from scratch.
final class Costs {
    /// Sizes that symbols stand for when elements are counted.
    private static final long SIZE = 3;

    private Costs() {}

    /// True when a graph costs less than another one, and nothing that counts before `claim` gets more.
    static boolean areLower(Graph before, Graph after, CostClaim claim) {
        Graph known = withKnownSizes(before);
        Graph knownAfter = withKnownSizes(after);
        for (CostClaim cost : CostClaim.values()) {
            int order = Long.compare(cost.of(knownAfter), cost.of(known));
            if (order != 0) {
                return order < 0;
            }
            if (cost == claim) {
                return false;
            }
        }
        throw new AssertionError(claim);
    }

    private static Graph withKnownSizes(Graph graph) {
        var sizes = new HashMap<String, Long>();
        graph.inputs().stream()
                .flatMap(input -> input.node().symbols().stream())
                .forEach(symbol -> sizes.putIfAbsent(symbol, SIZE));
        var builder = new GraphBuilder(graph.name());
        Symbols.add(graph, sizes, "", builder);
        return builder.build();
    }
}
