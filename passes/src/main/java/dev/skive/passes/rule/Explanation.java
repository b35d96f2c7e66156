package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How far a rule got at a node.
///
/// @param node where it was tried
/// @param matched how many operators of the graph fitted
/// @param at the source nodes of what fitted, or of the node when nothing did
/// @param reasons why it does not apply, empty when it fires
public record Explanation(Node node, int matched, Origin at, ImmutableList<String> reasons) {
    /// True when the rule fires here.
    public boolean fires() {
        return reasons.isEmpty();
    }

    /// How far a rule gets at each node that it could begin with; those where it fires first, then those where most fitted.
    public static ImmutableList<Explanation> all(Rule rule, Graph graph) {
        Set<Node> firing = firing(rule, graph);
        return graph.nodes().stream()
                .filter(node -> rule.operators().contains(node.op().getClass()) && node.types().size() == 1)
                .map(node -> of(rule, node, graph, firing.contains(node)))
                .sorted(Comparator.comparing(Explanation::fires).thenComparingInt(Explanation::matched).reversed())
                .collect(ImmutableList.toImmutableList());
    }

    private static Set<Node> firing(Rule rule, Graph graph) {
        var round = new Round(graph, Candidates.all(RuleIndex.of(ImmutableList.of(rule))));
        return round.firings().stream().map(firing -> firing.before().node()).collect(ImmutableSet.toImmutableSet());
    }

    private static Explanation of(Rule rule, Node node, Graph graph, boolean fires) {
        var nearest = new Nearest(graph);
        List<Match> matches = Matcher.matches(rule.pattern(), node.result(), graph, nearest::failed).toList();
        Optional<Match> first = matches.stream().findFirst();
        if (first.isEmpty()) {
            int matched = nearest.best.map(match -> match.nodes().size()).orElse(0);
            Origin at = nearest.best.filter(match -> matched > 0).map(Match::origin).orElse(graph.origin(node));
            return new Explanation(node, matched, at, ImmutableList.copyOf(nearest.reasons));
        }
        Match match = first.get();
        ImmutableList<String> reasons = fires ? ImmutableList.of() : reasons(rule, match, graph);
        return new Explanation(node, match.nodes().size(), match.origin(), reasons);
    }

    /// Why a rule does not apply although its pattern fits.
    private static ImmutableList<String> reasons(Rule rule, Match match, Graph graph) {
        var reasons = ImmutableList.<String>builder();
        match.usedElsewhere()
                .ifPresent(used ->
                        reasons.add(
                                "the result of %s is used outside the match too"
                                        .formatted(describe(used.result(), graph))));
        rule.conditions()
                .forEach(condition -> condition.violation(match).ifPresent(text -> reasons.add("not: " + text)));
        ImmutableList<String> found = reasons.build();
        return found.isEmpty()
                ? ImmutableList.of(
                        rule.refusal(match)
                                .orElse(
                                        "no '%s' would be saved there, or another match has to be rewritten first"
                                                .formatted(rule.cost())))
                : found;
    }

    private static String describe(Value value, Graph graph) {
        if (value.isAbsent()) {
            return "an operand left out";
        }
        String what = Excerpt.print(value, ImmutableSet.of());
        return value.constant().isPresent() ? what : "%s (%s)".formatted(what, graph.origin(value.node()));
    }

    /// Remembers where most of a pattern fitted.
    private static final class Nearest {
        private static final int SHOWN = 4;

        private final Graph graph;
        private Optional<Match> best = Optional.empty();
        private final Set<String> reasons = new LinkedHashSet<>();

        private Nearest(Graph graph) {
            this.graph = graph;
        }

        private void failed(Match match, Pattern wanted, Value found) {
            int progress = match.nodes().size();
            int most = best.map(nearest -> nearest.nodes().size()).orElse(-1);
            if (progress > most) {
                best = Optional.of(match);
                reasons.clear();
            }
            if (progress >= most && reasons.size() < SHOWN) {
                reasons.add("expected %s, found %s".formatted(expected(wanted, match), describe(found, graph)));
            }
        }

        private static String expected(Pattern wanted, Match match) {
            String text = PatternText.print(wanted);
            boolean bound =
                    (wanted instanceof Pattern.Variable(String name) && match.has(name))
                            || (wanted instanceof Pattern.Named(String part, Pattern form) && match.has(part));
            return bound ? "the value that " + text + " stands for elsewhere" : text;
        }
    }
}
