package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.stream.Collectors;

/// Where a node came from: the source nodes it implements and the rules that rewrote it.
///
/// @param sources names of the nodes of the model file, in first-seen order; of very many only the first
/// @param rules names of the rules and passes that touched it, in order
/// @param operator the operator of those source nodes, `Clip` for example; empty when they have several or none is known
public record Origin(ImmutableSet<String> sources, ImmutableList<String> rules, String operator) {
    private static final int SHOWN = 3;
    private static final int MAXIMUM_SOURCES = 1000;

    /// The origin of a node imported under this name.
    public static Origin of(String source) {
        return of(source, "");
    }

    /// The origin of a node imported under this name from an application of an operator.
    public static Origin of(String source, String operator) {
        return new Origin(ImmutableSet.of(source), ImmutableList.of(), operator);
    }

    /// The origin of a node that stands for both.
    public Origin merge(Origin other) {
        boolean full = sources.size() >= MAXIMUM_SOURCES;
        String both = operator.equals(other.operator) ? operator : "";
        if (rules.containsAll(other.rules) && (full || sources.containsAll(other.sources)) && both.equals(operator)) {
            return this;
        }
        return new Origin(
                full ? sources : ImmutableSet.<String>builder().addAll(sources).addAll(other.sources).build(),
                ImmutableSet.<String>builder().addAll(rules).addAll(other.rules).build().asList(),
                both);
    }

    /// This origin after a rule or pass rewrote the node.
    public Origin touchedBy(String rule) {
        return rules.contains(rule)
                ? this
                : new Origin(sources, ImmutableList.<String>builder().addAll(rules).add(rule).build(), operator);
    }

    /// The source names, shortened to the first few.
    @Override
    public String toString() {
        String names = sources.stream().limit(SHOWN).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        String more = sources.size() > SHOWN ? " and " + (sources.size() - SHOWN) + " more" : "";
        return (sources.size() == 1 ? "node " : "nodes ") + names + more;
    }
}
