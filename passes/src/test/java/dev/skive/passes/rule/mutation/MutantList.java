package dev.skive.passes.rule.mutation;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;

/// Mutants in a file, each as it prints; lines that begin with `#` say something about those after them.
///
/// @param name of the file
/// @param mutants as they print
record MutantList(String name, ImmutableSet<String> mutants) {
    static MutantList read(String name) {
        try {
            var file = Resources.getResource("rules/" + name);
            return new MutantList(
                    name,
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
    Set<String> without(Collection<String> all) {
        return Sets.difference(mutants, Set.copyOf(all));
    }

    /// Writes other mutants to the file, below its comment.
    void rewrite(Collection<String> others) {
        Path file = Path.of("src", "test", "resources", "rules", name);
        try {
            var lines = new ArrayList<String>();
            Files.readAllLines(file).stream().takeWhile(line -> line.startsWith("#")).forEach(lines::add);
            others.stream().sorted().forEach(lines::add);
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
