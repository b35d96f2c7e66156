package dev.skive.ir.layer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What a network does between one waist and the next. Constants and inputs belong to no section.
///
/// @param nodes operands before users, the waist at the end last
record Section(ImmutableList<Node> nodes) {
    /// The sections between waists in order. A node that two of them use and that depends on no waist in between, such as a
    /// mask that all layers share, belongs to none.
    static ImmutableList<Section> of(Graph graph, ImmutableList<Node> waists) {
        var members = new Membership(graph, waists).find();
        var sections = ImmutableList.<Section>builder();
        for (int i = 1; i < waists.size(); i++) {
            sections.add(new Section(inOrder(waists.get(i), members.getOrDefault(i, Set.of()))));
        }
        return sections.build();
    }

    /// The members that the last one needs, depth first, operands in order. The stack is explicit, since models are deeper
    /// than the Java stack.
    private static ImmutableList<Node> inOrder(Node last, Set<Node> members) {
        var done = new LinkedHashSet<Node>();
        Deque<Node> stack = new ArrayDeque<>();
        stack.push(last);
        while (!stack.isEmpty()) {
            Node node = stack.peek();
            int before = stack.size();
            if (!done.contains(node)) {
                for (Value operand : Lists.reverse(node.operands())) {
                    if (members.contains(operand.node()) && !done.contains(operand.node())) {
                        stack.push(operand.node());
                    }
                }
            }
            if (stack.size() == before) {
                done.add(stack.pop());
            }
        }
        return ImmutableList.copyOf(done);
    }

    /// Which nodes belong to which section: those that depend on the waist before it and are needed for the one after it,
    /// and what only they use.
    private static final class Membership {
        private final Graph graph;
        private final ImmutableMap<Node, Integer> waists;
        private final Node last;

        /// For each node, the last waist it depends on.
        private final Map<Node, Integer> after = new HashMap<>();

        /// For each node that is needed for a waist, the first such waist.
        private final Map<Node, Integer> before = new HashMap<>();

        private Membership(Graph graph, ImmutableList<Node> chain) {
            this.graph = graph;
            this.last = chain.getLast();
            var numbers = ImmutableMap.<Node, Integer>builder();
            for (int i = 0; i < chain.size(); i++) {
                numbers.put(chain.get(i), i);
            }
            this.waists = numbers.buildOrThrow();
        }

        private Map<Integer, Set<Node>> find() {
            for (Node node : graph.nodes()) {
                int latest = -1;
                for (Value operand : node.operands()) {
                    int there = waists.getOrDefault(operand.node(), -1);
                    latest = Math.max(latest, Math.max(there, after.getOrDefault(operand.node(), -1)));
                }
                after.put(node, latest);
            }
            var members = new HashMap<Integer, Set<Node>>();
            for (Node node : Lists.reverse(graph.nodes().subList(0, graph.position(last) + 1))) {
                int section = first(node);
                if (section < Integer.MAX_VALUE) {
                    before.put(node, section);
                    Set<Node> there = members.computeIfAbsent(section, number -> new HashSet<>());
                    if (!(node.op() instanceof Source) && (depends(node, section) || isOwn(node, there))) {
                        there.add(node);
                    }
                }
            }
            return members;
        }

        private int first(Node node) {
            int first = waists.getOrDefault(node, Integer.MAX_VALUE);
            for (int i = 0; first == Integer.MAX_VALUE && i < node.types().size(); i++) {
                for (Node user : graph.users(node.result(i))) {
                    first = Math.min(first, before.getOrDefault(user, Integer.MAX_VALUE));
                }
            }
            return first;
        }

        private boolean depends(Node node, int section) {
            return waists.containsKey(node) || after.getOrDefault(node, -1) == section - 1;
        }

        private boolean isOwn(Node node, Set<Node> section) {
            for (int i = 0; i < node.types().size(); i++) {
                Value result = node.result(i);
                if (graph.useCount(result) > graph.users(result).size() || !section.containsAll(graph.users(result))) {
                    return false;
                }
            }
            return true;
        }
    }
}
