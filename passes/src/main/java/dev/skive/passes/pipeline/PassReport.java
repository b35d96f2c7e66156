package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.passes.Diagnostic;

/// What one pass of a pipeline did.
///
/// @param pass its text, options included
/// @param nodesBefore number of nodes before
/// @param nodesAfter number of nodes after
/// @param changed whether the graph is another one now
/// @param nanos time it took
/// @param fired how often each rule rewrote something
/// @param diagnostics what it had to say
public record PassReport(
        String pass,
        int nodesBefore,
        int nodesAfter,
        boolean changed,
        long nanos,
        ImmutableSortedMap<String, Integer> fired,
        ImmutableList<Diagnostic> diagnostics) {}
