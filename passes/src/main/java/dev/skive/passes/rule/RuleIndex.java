package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Iterables;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Op;

/// Rules by the operators they rewrite; those that rewrite all come first.
///
/// @param forAll rules for every operator
/// @param byOperator the others
/// @param reach how far the rule looks that looks farthest
record RuleIndex(
        ImmutableList<NodeRule> forAll, ImmutableListMultimap<Class<? extends Op>, NodeRule> byOperator, int reach) {
    static RuleIndex of(ImmutableList<NodeRule> rules) {
        var byOperator = ImmutableListMultimap.<Class<? extends Op>, NodeRule>builder();
        rules.forEach(rule -> rule.operators().forEach(operator -> byOperator.put(operator, rule)));
        return new RuleIndex(
                rules.stream().filter(rule -> rule.operators().isEmpty()).collect(ImmutableList.toImmutableList()),
                byOperator.build(),
                rules.stream().mapToInt(NodeRule::reach).max().orElse(0));
    }

    /// The rules for a node, in order.
    Iterable<NodeRule> of(Node node) {
        return Iterables.concat(forAll, byOperator.get(node.op().getClass()));
    }
}
