package dev.skive.passes.rule.mutation;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Mutants that are no mistakes: rules as good as the right ones. Each stands in `rules/equivalent-mutants.txt` as it prints,
/// after lines that say why.
///
/// @param mutants as they print
record EquivalentMutants(ImmutableSet<String> mutants) {
    static EquivalentMutants read() {
        try {
            var file = Resources.getResource("rules/equivalent-mutants.txt");
            return new EquivalentMutants(
                    Resources.readLines(file, StandardCharsets.UTF_8).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .collect(ImmutableSet.toImmutableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean contains(Mutant mutant) {
        return mutants.contains(mutant.toString());
    }

    /// Those that no rule has any more.
    Set<String> unused(Set<String> used) {
        return Sets.difference(mutants, used);
    }
}
