package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.skive.grammar.TextError;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A mistaken rule beside the right one: does loading it, its examples, or the generic test notice?
///
/// @param right the rule as it is
/// @param pool random graphs for it
/// @param random decides
public record MutantTrial(RuleUnderTest right, ImmutableList<Graph> pool, Random random) {
    /// Refusals that tell that the driver refuses always.
    private static final int REFUSALS = 5;

    /// Who notices.
    public enum Noticed {
        /// The mistaken rule does not load.
        LOADING,
        /// It fires where it must not, or not where it must.
        EXAMPLES,
        /// It breaks types, cost or contract on a random graph.
        GRAPHS,
        /// The driver alone: the mistaken rule matches where the right one does not, but every time its replacement cannot be
        /// built or has another type, so that both do the same. What was left out says in words what the driver would refuse
        /// anyway, which `skive explain` tells the reader.
        DRIVER,
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
        int refused = 0;
        boolean isSame = true;
        for (Graph graph : Iterables.concat(pool, formed(wrong))) {
            boolean differs = judge(wrong, graph, trial);
            isSame &= !differs;
            refused += !differs && matchesMore(wrong.rule(), graph) ? 1 : 0;
            if (!trial.complaints().isEmpty()) {
                return Noticed.GRAPHS;
            }
        }
        return isSame && refused >= REFUSALS ? Noticed.DRIVER : Noticed.NOT;
    }

    /// Graphs of the form of the mistaken rule.
    private List<Graph> formed(RuleUnderTest wrong) {
        return wrong.forms().isEmpty()
                ? List.of()
                : Stream.generate(() -> wrong.forms().get().random(random))
                        .limit(pool.size() / 2)
                        .flatMap(Optional::stream)
                        .toList();
    }

    /// Whether the mistaken rule matches in more ways than the right one, conditions included.
    private boolean matchesMore(NodeRule wrong, Graph graph) {
        return wrong instanceof Rule mistaken
                && right.rule() instanceof Rule rule
                && graph.nodes().stream()
                        .filter(node -> node.types().size() == 1)
                        .anyMatch(node -> mistaken.matches(node, graph).count() > rule.matches(node, graph).count());
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
    ///
    /// @return whether it makes something else
    private boolean judge(RuleUnderTest wrong, Graph graph, RuleTrial trial) {
        Optional<Application> made;
        try {
            made = Application.first(wrong.rule(), graph);
        } catch (RuntimeException | AssertionError failure) {
            trial.tryOn(graph);
            return true;
        }
        Optional<Graph> rightly = rightly(graph);
        if (made.map(Application::after).equals(rightly)) {
            return false;
        }
        made.ifPresent(trial::judge);
        return true;
    }

    private Optional<Graph> rightly(Graph graph) {
        try {
            return Application.first(right.rule(), graph).map(Application::after);
        } catch (RuntimeException | AssertionError failure) {
            return Optional.empty();
        }
    }
}
