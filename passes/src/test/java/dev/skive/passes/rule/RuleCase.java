package dev.skive.passes.rule;

import dev.skive.ir.graph.Graph;
import java.util.function.Function;

/// Examples of a rule: graphs in which it fires, random but for their form, and graphs in which it must not.
///
/// @param rule what the examples are about
/// @param fires a graph in which it fires
/// @param skips a graph that looks like it but in which it must not fire
public record RuleCase(NodeRule rule, Function<Sample, Graph> fires, Function<Sample, Graph> skips) {
    @Override
    public String toString() {
        return rule.name();
    }
}
