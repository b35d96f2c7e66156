package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.Contract;
import dev.skive.passes.PassContext;
import java.util.ArrayList;
import java.util.HashSet;

/// Applies rules to a graph until none applies any more. After the first round, only nodes near what changed are tried
/// again. A rule fires only where its replacement has the type of what it replaces and where the cost it claims gets less,
/// so that every run ends; should rules run in circles nevertheless, that is detected and reported.
public final class RuleDriver {
    private final RuleIndex rules;

    private RuleDriver(ImmutableList<NodeRule> rules) {
        this.rules = RuleIndex.of(rules);
    }

    /// A driver for those of the rules that `allowed` permits.
    public static RuleDriver of(Iterable<? extends NodeRule> rules, Contract allowed) {
        var permitted = new ArrayList<NodeRule>();
        var names = new HashSet<String>();
        for (NodeRule rule : rules) {
            if (!names.add(rule.name())) {
                throw new AssertionError("two rules are named '" + rule.name() + "'");
            }
            if (allowed.permits(rule.contract())) {
                permitted.add(rule);
            }
        }
        return new RuleDriver(ImmutableList.copyOf(permitted));
    }

    /// The graph once no rule applies any more.
    ///
    /// @throws SkiveException when the rules do not come to an end
    public Graph run(Graph graph, PassContext context) {
        var progress = new Progress(graph);
        var round = new Round(graph, Candidates.all(rules));
        while (!round.firings().isEmpty()) {
            round.firings().forEach(context.events()::rewrote);
            progress.after(round.firings().stream().map(Firing::rule).toList(), round.result());
            round = new Round(round.result(), Candidates.near(round.touched(), round.result(), rules));
        }
        return round.result();
    }
}
