package dev.skive.passes;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.rule.NodeRule;

/// A function from graph to graph that keeps its contract. A pass is an immutable record whose components are its
/// options; a public constructor without arguments gives the defaults. Passes are found through
/// [java.util.ServiceLoader].
public interface Pass {
    /// The name in pipeline text: the record's name in kebab-case.
    default String name() {
        return CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_HYPHEN, getClass().getSimpleName());
    }

    /// What it promises about the numbers.
    Contract contract();

    /// What must have been established before.
    default ImmutableSet<Fact> requires() {
        return ImmutableSet.of();
    }

    /// What holds afterwards.
    default ImmutableSet<Fact> establishes() {
        return ImmutableSet.of();
    }

    /// The local rewrites it applies, in the order in which they are tried; none when it works otherwise.
    default ImmutableList<NodeRule> rewrites() {
        return ImmutableList.of();
    }

    /// The new graph; an equal one when the pass does not apply, and then a diagnostic says why.
    Graph run(Graph graph, PassContext context);
}
