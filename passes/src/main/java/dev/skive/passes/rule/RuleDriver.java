package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.op.Op;
import dev.skive.passes.Contract;
import dev.skive.passes.PassContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Applies rules to a graph, operands before users, again and again until nothing changes. A replacement must have
/// the type of what it replaces; where it would not, the rule does not apply.
public final class RuleDriver {
    private static final int STEPS_PER_NODE = 20;
    private static final int STEPS_AT_LEAST = 1_000;

    private final ImmutableList<NodeRule> forAll;
    private final ImmutableListMultimap<Class<? extends Op>, NodeRule> byOperator;

    private record Firing(String rule, Origin origin) {}

    private RuleDriver(ImmutableList<NodeRule> rules) {
        var byClass = ImmutableListMultimap.<Class<? extends Op>, NodeRule>builder();
        rules.forEach(rule -> rule.operators().forEach(operator -> byClass.put(operator, rule)));
        this.byOperator = byClass.build();
        this.forAll =
                rules.stream().filter(rule -> rule.operators().isEmpty()).collect(ImmutableList.toImmutableList());
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
        int limit = STEPS_AT_LEAST + STEPS_PER_NODE * graph.nodes().size();
        int steps = 0;
        var counts = new HashMap<String, Integer>();
        Set<Graph> seen = new HashSet<>();
        Graph current = graph;
        while (seen.add(current)) {
            var firings = new ArrayList<Firing>();
            Graph next = Rewriter.rewrite(current, (node, rewriter) -> step(node, rewriter, firings));
            if (next.equals(current)) {
                return current;
            }
            firings.forEach(firing -> {
                counts.merge(firing.rule, 1, Integer::sum);
                context.events().fired(firing.rule, firing.origin);
            });
            steps += firings.size();
            if (steps > limit) {
                throw overrun("fired more than " + limit + " times", counts);
            }
            current = next;
        }
        throw overrun("came back to a graph seen before", counts);
    }

    private void step(Node node, Rewriter rewriter, List<Firing> firings) {
        if (node.types().size() != 1 || firstThatFires(forAll, node, rewriter, firings)) {
            return;
        }
        firstThatFires(byOperator.get(node.op().getClass()), node, rewriter, firings);
    }

    private static boolean firstThatFires(List<NodeRule> rules, Node node, Rewriter rewriter, List<Firing> firings) {
        for (NodeRule rule : rules) {
            var rewrite = rule.rewrite(node, rewriter);
            if (rewrite.isPresent() && rewrite.get().value().type().equals(node.result().type())) {
                rewriter.replace(node.result(), rewrite.get().value());
                firings.add(new Firing(rule.name(), rewrite.get().origin()));
                return true;
            }
        }
        return false;
    }

    private static SkiveException overrun(String how, Map<String, Integer> counts) {
        String most =
                counts.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(3)
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + " times)")
                        .collect(Collectors.joining(", "));
        return new SkiveException(
                ExitCode.INTERNAL, "the rules do not come to an end: they %s; fired most: %s".formatted(how, most));
    }
}
