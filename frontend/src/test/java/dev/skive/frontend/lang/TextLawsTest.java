package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.graph.RandomGraphs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is printed reads back as an equal graph, and prints as the same text again, whatever the graph.
final class TextLawsTest {
    /// Random graphs in a full run.
    private static final int ALL = 10_000;

    private static final int FEW = 300;

    @TempDir private Path folder;

    @Test
    void randomGraphsOfAllOperators() throws IOException {
        int count = Boolean.getBoolean("skive.full") ? ALL : FEW;
        long first = new Random().nextLong() >> 1;
        System.out.printf("text laws: %d random graphs, seeds from %d%n", count, first);
        int functions = 0;
        for (long seed = first; seed < first + count; seed++) {
            String text = check(seed);
            functions += text.contains("\nfn ") || text.startsWith("fn ") ? 1 : 0;
        }
        assertThat(functions).as("graphs with equal layers").isGreaterThan(count / 20);
    }

    private String check(long seed) throws IOException {
        try {
            String text = new RoundTrip(folder).check(RandomModels.graph(seed), false);
            new RoundTrip(folder).check(RandomModels.graph(seed), true);
            new RoundTrip(folder).check(RandomGraphs.graph(seed), false);
            return text;
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("seed " + seed, failure);
        }
    }

    @Test
    void everyOperatorOccurs() {
        Set<String> known = new HashSet<>(RandomModels.operators().toList());
        known.add("If");
        known.add("Loop");
        assertThat(known).containsExactlyInAnyOrderElementsOf(Operators.names());
    }
}
