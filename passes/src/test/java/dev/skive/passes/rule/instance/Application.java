package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Rewriter;
import dev.skive.passes.rule.NodeRule;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A rule applied once: at the first node where it fires.
///
/// @param before the graph before
/// @param after the graph after
record Application(Graph before, Graph after) {
    /// The first application of a rule in a graph, if it applies anywhere.
    static Optional<Application> first(NodeRule rule, Graph graph) {
        var fired = new AtomicBoolean();
        Graph after =
                Rewriter.rewrite(
                        graph,
                        (node, rewriter) -> {
                            if (!fired.get() && isCandidate(rule, node)) {
                                rule.rewrite(node, rewriter)
                                        .filter(found -> found.value().type().equals(node.result().type()))
                                        .ifPresent(found -> {
                                            rewriter.replace(node.result(), found.value());
                                            fired.set(true);
                                        });
                            }
                        });
        return fired.get() ? Optional.of(new Application(graph, after)) : Optional.empty();
    }

    /// All applications in a row, until the rule does not apply any more or has been applied `most` times.
    static ImmutableList<Application> all(NodeRule rule, Graph graph, int most) {
        var all = ImmutableList.<Application>builder();
        Optional<Application> next = first(rule, graph);
        for (int i = 0; i < most && next.isPresent(); i++) {
            all.add(next.get());
            next = first(rule, next.get().after());
        }
        return all.build();
    }

    private static boolean isCandidate(NodeRule rule, Node node) {
        return node.types().size() == 1
                && (rule.operators().isEmpty() || rule.operators().contains(node.op().getClass()));
    }
}
