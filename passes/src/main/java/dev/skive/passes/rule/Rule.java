package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import java.util.Optional;

/// A local rewrite as data.
///
/// @param name verb and object in kebab-case
/// @param contract what it promises about the numbers
/// @param cost what gets less when it fires
/// @param pattern what it looks for
/// @param conditions what must hold besides
/// @param replacement what it puts there
public record Rule(
        String name,
        Contract contract,
        CostClaim cost,
        Pattern pattern,
        ImmutableList<Condition> conditions,
        Replacement replacement)
        implements NodeRule {
    /// A rule that leaves fewer nodes and keeps every bit.
    public static Rule exact(String name, Pattern pattern, Replacement replacement, Condition... conditions) {
        return new Rule(name, Exactness.EXACT, CostClaim.NODES, pattern, ImmutableList.copyOf(conditions), replacement);
    }

    /// A rule that leaves fewer nodes and may round differently.
    public static Rule reassociating(String name, Pattern pattern, Replacement replacement, Condition... conditions) {
        return new Rule(
                name, Exactness.REASSOCIATING, CostClaim.NODES, pattern, ImmutableList.copyOf(conditions), replacement);
    }

    /// The same rule with another claim.
    public Rule lowering(CostClaim claim) {
        return new Rule(name, contract, claim, pattern, conditions, replacement);
    }

    @Override
    public ImmutableSet<Class<? extends Op>> operators() {
        return pattern.operators();
    }

    /// The first way the pattern fits the node's result and the conditions hold.
    public Optional<Match> match(Node node, Graph graph) {
        return Matcher.matches(pattern, node.result(), graph)
                .filter(match -> conditions.stream().allMatch(condition -> condition.holds(match)))
                .findFirst();
    }

    @Override
    public Optional<Rewrite> rewrite(Node node, Rewriter rewriter) {
        return match(node, rewriter.source())
                .map(match -> {
                    var emitter = new Emitter(rewriter, match.origin().touchedBy(name));
                    Value value = replacement.build(match, emitter);
                    return new Rewrite(value, emitter.origin());
                });
    }
}
