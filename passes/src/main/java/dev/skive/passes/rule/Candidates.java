package dev.skive.passes.rule;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The nodes that rules may rewrite in the next round, and how far each is from what changed in the last one.
///
/// @param rules all rules
/// @param distances how many operators lie between a node and the nearest change below it; all nodes are candidates when
///     this is empty
record Candidates(RuleIndex rules, Optional<Map<Node, Integer>> distances) {
    /// Every node.
    static Candidates all(RuleIndex rules) {
        return new Candidates(rules, Optional.empty());
    }

    /// The nodes that what changed may concern.
    ///
    /// @param touched what changed
    /// @param graph the graph now
    static Candidates near(ImmutableSet<Node> touched, Graph graph, RuleIndex rules) {
        var distances = new HashMap<Node, Integer>();
        Deque<Node> open = new ArrayDeque<>();
        for (Node node : touched) {
            distances.put(node, 0);
            open.add(node);
        }
        while (!open.isEmpty()) {
            Node node = open.remove();
            int distance = distances.getOrDefault(node, 0) + 1;
            if (distance <= rules.reach()) {
                for (int i = 0; i < node.types().size(); i++) {
                    for (Node user : graph.users(node.result(i))) {
                        if (distances.putIfAbsent(user, distance) == null) {
                            open.add(user);
                        }
                    }
                }
            }
        }
        return new Candidates(rules, Optional.of(distances));
    }

    /// The rules to try on a node, in order.
    Iterable<NodeRule> rules(Node node) {
        if (distances.isEmpty()) {
            return rules.of(node);
        }
        Integer distance = distances.get().get(node);
        return distance == null ? List.of() : Iterables.filter(rules.of(node), rule -> distance <= rule.reach());
    }
}
