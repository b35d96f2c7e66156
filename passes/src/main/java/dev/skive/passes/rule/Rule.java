package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.tree.RuleTree;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;

/// A local rewrite as data.
///
/// @param name verb and object in kebab-case
/// @param contract what it promises about the numbers
/// @param cost what gets less when it fires
/// @param pattern what it looks for
/// @param conditions what must hold besides
/// @param replacement what it puts there
/// @param text what it was made of, when it was read from a rule file
public record Rule(
        String name,
        Contract contract,
        CostClaim cost,
        Pattern pattern,
        ImmutableList<Condition> conditions,
        Replacement replacement,
        Optional<Text> text)
        implements NodeRule {
    /// A rule as it is written.
    ///
    /// @param source the rule file
    /// @param tree the rule
    public record Text(SourceText source, RuleTree tree) {}

    /// A rule that leaves fewer nodes and keeps every bit.
    public static Rule exact(String name, Pattern pattern, Replacement replacement, Condition... conditions) {
        return written(name, Exactness.EXACT, pattern, replacement, conditions);
    }

    /// A rule that leaves fewer nodes and may round differently.
    public static Rule reassociating(String name, Pattern pattern, Replacement replacement, Condition... conditions) {
        return written(name, Exactness.REASSOCIATING, pattern, replacement, conditions);
    }

    private static Rule written(
            String name, Contract contract, Pattern pattern, Replacement replacement, Condition... conditions) {
        return new Rule(
                name,
                contract,
                CostClaim.NODES,
                pattern,
                ImmutableList.copyOf(conditions),
                replacement,
                Optional.empty());
    }

    /// The same rule with another claim.
    public Rule lowering(CostClaim claim) {
        return new Rule(name, contract, claim, pattern, conditions, replacement, text);
    }

    @Override
    public String documentation() {
        return text.map(written -> written.tree().documentation()).orElse("");
    }

    @Override
    public String source() {
        return text.map(written -> written.source().name() + ":" + written.tree().position().line())
                .orElse(Rule.class.getName());
    }

    @Override
    public int reach() {
        return pattern.height();
    }

    @Override
    public ImmutableSet<Class<? extends Op>> operators() {
        return pattern.operators();
    }

    /// Every way the pattern fits the node's result and the conditions hold, in a fixed order.
    public Stream<Match> matches(Node node, Graph graph) {
        return Matcher.matches(pattern, node.result(), graph)
                .filter(match -> conditions.stream().allMatch(condition -> condition.holds(match)));
    }

    @Override
    public Optional<Rewrite> rewrite(Node node, Rewriter rewriter) {
        return matches(node, rewriter.source()).flatMap(match -> replaced(match, rewriter).stream()).findFirst();
    }

    private Optional<Rewrite> replaced(Match match, Rewriter rewriter) {
        var emitter = new Emitter(rewriter, match.origin().touchedBy(name));
        try {
            Value value = replacement.build(match, emitter);
            return value.type().equals(match.root().type())
                    ? Optional.of(new Rewrite(value, emitter.origin(), match.nodes()))
                    : Optional.empty();
        } catch (Inapplicable reason) {
            return Optional.empty();
        }
    }

    /// Why there is no replacement for a match, if there is none.
    Optional<String> refusal(Match match) {
        var reasons = new ArrayList<String>();
        Rewriter.rewrite(
                match.graph(),
                (node, rewriter) -> {
                    if (node == match.root().node()) {
                        refusal(match, rewriter).ifPresent(reasons::add);
                    }
                });
        return reasons.stream().findFirst();
    }

    private Optional<String> refusal(Match match, Rewriter rewriter) {
        try {
            Value value = replacement.build(match, new Emitter(rewriter, match.origin()));
            return value.type().equals(match.root().type())
                    ? Optional.empty()
                    : Optional.of(
                            "the replacement has type %s, what it replaces has type %s"
                                    .formatted(value.type(), match.root().type()));
        } catch (Inapplicable reason) {
            return Optional.of(String.valueOf(reason.getMessage()));
        }
    }
}
