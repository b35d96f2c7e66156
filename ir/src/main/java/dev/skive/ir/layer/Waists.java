package dev.skive.ir.layer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Source;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The waists of a graph: nodes, one after the other, that every path from the first of them to the last output passes. In
/// a network of layers they are what one layer hands to the next, and waists within the layers. They are postdominators,
/// towards the output that is farthest from the inputs; other outputs, caches for example, do not count.
///
/// The node with most postdominators lies deep within a branch of the first layer. So there are several sequences: each
/// begins earlier than the one before it, at a node that the other's first node depends on and whose paths join the other's
/// later.
final class Waists {
    private static final int MOST = 8;

    private final Graph graph;
    private final Map<Node, Place> places = new HashMap<>();

    /// A node in the tree of postdominators, where the parent of a node is the next one that all its paths pass, and of the
    /// root itself. One more link leads to an ancestor far up, so that common ancestors are found in few steps.
    private static final class Place {
        private final Node node;
        private final int depth;
        private final Place parent;
        private final Place jump;

        /// Of this and all it is a postdominator of, the one with most ancestors.
        private Place deepest = this;

        /// The output's node.
        private Place(Node root) {
            this.node = root;
            this.depth = 0;
            this.parent = this;
            this.jump = this;
        }

        private Place(Node node, Place parent) {
            this.node = node;
            this.depth = parent.depth + 1;
            this.parent = parent;
            boolean isEven = parent.depth - parent.jump.depth == parent.jump.depth - parent.jump.jump.depth;
            this.jump = isEven ? parent.jump.jump : parent;
        }

        private Place ancestor(int wanted) {
            Place place = this;
            while (place.depth > wanted) {
                place = place.jump.depth >= wanted ? place.jump : place.parent;
            }
            return place;
        }

        private Place common(Place other) {
            int shared = Math.min(depth, other.depth);
            Place a = ancestor(shared);
            Place b = other.ancestor(shared);
            while (a != b) {
                boolean isFar = a.jump != b.jump;
                a = isFar ? a.jump : a.parent;
                b = isFar ? b.jump : b.parent;
            }
            return a;
        }
    }

    private Waists(Graph graph) {
        this.graph = graph;
    }

    /// Sequences of waists, each in the order of computation, the longest first.
    static ImmutableList<ImmutableList<Node>> of(Graph graph) {
        return new Waists(graph).find();
    }

    private ImmutableList<ImmutableList<Node>> find() {
        Place root = tree();
        var found = ImmutableList.<ImmutableList<Node>>builder();
        Optional<Place> start = Optional.of(root.deepest);
        for (int i = 0; i < MOST && start.isPresent(); i++) {
            var waists = ImmutableList.<Node>builder();
            for (Place place = start.get(); place != root; place = place.parent) {
                waists.add(place.node);
            }
            found.add(waists.add(root.node).build());
            start = earlier(start.get());
        }
        return found.build();
    }

    private Place tree() {
        Node last = farthest();
        var root = new Place(last);
        places.put(last, root);
        for (Node node : Lists.reverse(graph.nodes().subList(0, graph.position(last)))) {
            Place parent = null;
            for (int i = 0; i < node.types().size(); i++) {
                for (Node user : graph.users(node.result(i))) {
                    Place place = places.get(user);
                    if (place != null) {
                        parent = parent == null ? place : parent.common(place);
                    }
                }
            }
            if (parent != null && !(node.op() instanceof Constant)) {
                places.put(node, new Place(node, parent));
            }
        }
        for (Node node : graph.nodes()) {
            Place place = places.get(node);
            if (place != null && place.deepest.depth > place.parent.deepest.depth) {
                place.parent.deepest = place.deepest;
            }
        }
        return root;
    }

    /// Where a sequence begins that goes around the beginning of the one from `start`.
    private Optional<Place> earlier(Place start) {
        Place best = null;
        for (Node node : needed(start.node)) {
            Place place = places.get(node);
            if (place != null && goesAround(place, start) && (best == null || order(place, best) > 0)) {
                best = place;
            }
        }
        return Optional.ofNullable(best).map(place -> place.deepest);
    }

    /// Whether all paths from a place join the sequence from `start` after its beginning, and the place is not in it.
    private static boolean goesAround(Place place, Place start) {
        boolean joins = place.parent.depth < start.depth && isAncestor(place.parent, start);
        return joins && !isAncestor(place, start);
    }

    private static boolean isAncestor(Place ancestor, Place place) {
        return ancestor.depth <= place.depth && place.ancestor(ancestor.depth) == ancestor;
    }

    /// What joins soonest is best, and of that what has most before it.
    private static int order(Place a, Place b) {
        int joins = Integer.compare(a.parent.depth, b.parent.depth);
        return joins != 0 ? joins : Integer.compare(a.deepest.depth, b.deepest.depth);
    }

    private Set<Node> needed(Node node) {
        var needed = new LinkedHashSet<Node>();
        var waiting = new ArrayDeque<Node>();
        waiting.add(node);
        while (!waiting.isEmpty()) {
            for (Value operand : waiting.remove().operands()) {
                if (needed.add(operand.node())) {
                    waiting.add(operand.node());
                }
            }
        }
        return needed;
    }

    /// The output with the longest way from an input.
    private Node farthest() {
        var lengths = new HashMap<Node, Integer>();
        for (Node node : graph.nodes()) {
            int length = node.op() instanceof Source ? 0 : 1;
            for (Value operand : node.operands()) {
                length = Math.max(length, 1 + lengths.getOrDefault(operand.node(), 0));
            }
            lengths.put(node, length);
        }
        Node farthest = graph.outputs().values().iterator().next().node();
        for (Value output : graph.outputs().values()) {
            if (lengths.getOrDefault(output.node(), 0) > lengths.getOrDefault(farthest, 0)) {
                farthest = output.node();
            }
        }
        return farthest;
    }
}
