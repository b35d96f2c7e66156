package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.RandomGraphs;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Random graphs over all families of operators, at several numbers of rows.
final class RandomGraphsCodeTest {
    @Property(tries = 100)
    void equalTheInterpreter(@ForAll("seeds") long seed) {
        Graph graph = RandomGraphs.graph(seed);
        try (var compiled = new Compiled(graph)) {
            for (long rows : new long[] {1, 5, 18}) {
                compiled.check(RandomGraphs.inputs(graph, rows, seed + rows), ImmutableMap.of(RandomGraphs.ROWS, rows));
            }
        }
    }

    @Provide
    Arbitrary<Long> seeds() {
        return RandomGraphs.seeds();
    }
}
