package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.TextError;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.rule.NodeRule;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// A mistaken rule beside the right one: does loading it, its examples, or the generic test notice?
///
/// @param right the rule as it is
/// @param pool random graphs for it
/// @param random decides
public record MutantTrial(RuleUnderTest right, ImmutableList<Graph> pool, Random random) {
    /// Who notices.
    public enum Noticed {
        /// The mistaken rule does not load.
        LOADING,
        /// It fires where it must not, or not where it must.
        EXAMPLES,
        /// It breaks types, cost or contract on a random graph.
        GRAPHS,
        /// Nobody.
        NOT
    }

    /// A trial with a pool of `size` graphs for the rule.
    public static MutantTrial of(RuleUnderTest right, int size, Random random) {
        var pool = ImmutableList.<Graph>builder().addAll(right.fires()).addAll(right.skips());
        for (int i = 0; i < size; i++) {
            right.graph(random).ifPresent(pool::add);
        }
        return new MutantTrial(right, pool.build(), random);
    }

    /// Tries a mistaken rule.
    ///
    /// @param mistaken loads it
    public Noticed notice(Supplier<RuleUnderTest> mistaken) {
        RuleUnderTest wrong;
        try {
            wrong = mistaken.get();
        } catch (TextError refused) {
            return Noticed.LOADING;
        }
        if (failsExamples(wrong.rule())) {
            return Noticed.EXAMPLES;
        }
        var trial = new RuleTrial(wrong, random, _ -> {});
        for (Graph graph : pool) {
            judge(wrong, graph, trial);
            if (!trial.complaints().isEmpty()) {
                return Noticed.GRAPHS;
            }
        }
        for (int i = 0; i < pool.size() / 2 && wrong.forms().isPresent(); i++) {
            wrong.forms().get().random(random).ifPresent(graph -> judge(wrong, graph, trial));
            if (!trial.complaints().isEmpty()) {
                return Noticed.GRAPHS;
            }
        }
        return Noticed.NOT;
    }

    private boolean failsExamples(NodeRule wrong) {
        return right.fires().stream().anyMatch(graph -> !fires(wrong, graph))
                || right.skips().stream().anyMatch(graph -> fires(wrong, graph));
    }

    private static boolean fires(NodeRule rule, Graph graph) {
        try {
            return Application.first(rule, graph).isPresent();
        } catch (RuntimeException | AssertionError failure) {
            return true;
        }
    }

    /// Judges what the mistaken rule makes of a graph, unless the right one makes the same of it.
    private void judge(RuleUnderTest wrong, Graph graph, RuleTrial trial) {
        Optional<Application> made;
        try {
            made = Application.first(wrong.rule(), graph);
        } catch (RuntimeException | AssertionError failure) {
            trial.tryOn(graph);
            return;
        }
        made.filter(found -> !rightly(graph).equals(Optional.of(found.after()))).ifPresent(trial::judge);
    }

    private Optional<Graph> rightly(Graph graph) {
        try {
            return Application.first(right.rule(), graph).map(Application::after);
        } catch (RuntimeException | AssertionError failure) {
            return Optional.empty();
        }
    }
}
