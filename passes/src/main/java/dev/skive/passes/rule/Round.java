package dev.skive.passes.rule;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Source;
import dev.skive.passes.rule.NodeRule.Rewrite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One walk through a graph: rules rewrite nodes that do not get in each other's way. What would has to wait for the next
/// round.
final class Round {
    private final Candidates candidates;
    private final Graph source;
    private final Map<Node, Integer> oldDepths = new HashMap<>();
    private final Map<Node, Integer> newDepths = new HashMap<>();
    private final Set<Node> gone = new HashSet<>();
    private final Set<Value> goneImages = new HashSet<>();
    private final Set<Node> waiting = new LinkedHashSet<>();
    private final List<Firing> firings = new ArrayList<>();
    private final Graph result;
    private int measured;
    private @Nullable Rewriter rewriter;

    Round(Graph source, Candidates candidates) {
        this.source = source;
        this.candidates = candidates;
        this.result = Rewriter.rewrite(source, this::step);
    }

    /// The graph afterwards.
    Graph result() {
        return result;
    }

    /// What was rewritten, in order.
    List<Firing> firings() {
        return firings;
    }

    /// The nodes afterwards that a rule may see in another light: those that were built, those that lost a user, those that
    /// know more of their sizes, and those that had to wait.
    ImmutableSet<Node> touched() {
        var touched = new LinkedHashSet<Node>();
        if (rewriter != null) {
            for (Firing firing : firings) {
                touched.add(firing.after().node());
                touched.addAll(firing.added());
                firing.gone().stream()
                        .flatMap(node -> node.operands().stream())
                        .forEach(operand -> touched.add(image(operand)));
            }
            waiting.forEach(node -> touched.add(image(node.result())));
            source.nodes().stream().filter(this::knowsMore).forEach(node -> touched.add(image(node.result())));
        }
        return touched.stream().filter(result::contains).collect(ImmutableSet.toImmutableSet());
    }

    private Node image(Value value) {
        return Objects.requireNonNull(rewriter).map(value).node();
    }

    private boolean knowsMore(Node node) {
        Node image = image(node.result());
        return image != node && (!image.types().equals(node.types()) || !image.contents().equals(node.contents()));
    }

    private void step(Node node, Rewriter current) {
        this.rewriter = current;
        oldDepths.put(node, CostClaim.depth(node, oldDepths));
        if (node.types().size() == 1) {
            for (NodeRule rule : candidates.rules(node)) {
                if (fires(rule, node, current)) {
                    return;
                }
            }
        }
    }

    private boolean fires(NodeRule rule, Node node, Rewriter current) {
        List<Node> built = current.target().nodes();
        int before = built.size();
        Optional<Rewrite> rewrite = rule.rewrite(node, current);
        if (rewrite.isEmpty() || !rewrite.get().value().type().equals(node.result().type())) {
            return false;
        }
        Value value = rewrite.get().value();
        measure(built);
        Set<Node> added = needed(value, new HashSet<>(built.subList(before, built.size())));
        Set<Value> used = new HashSet<>(List.of(value));
        added.forEach(addition -> used.addAll(addition.operands()));
        Set<Node> lost = lost(node, used, current);
        var change = Change.of(lost, added);
        if (!change.lowers(rule.cost(), oldDepths, newDepths)) {
            return false;
        }
        if (used.stream().anyMatch(goneImages::contains)) {
            waiting.add(node);
            return false;
        }
        current.replace(node.result(), value);
        gone.addAll(lost);
        lost.stream().filter(other -> other != node).forEach(other -> addImages(other, current));
        firings.add(new Firing(rule.name(), node.result(), rewrite.get(), change));
        return true;
    }

    private void addImages(Node node, Rewriter current) {
        for (int i = 0; i < node.types().size(); i++) {
            goneImages.add(current.map(node.result(i)));
        }
    }

    private void measure(List<Node> built) {
        for (Node node : Iterables.skip(built, measured)) {
            newDepths.put(node, CostClaim.depth(node, newDepths));
        }
        measured = built.size();
    }

    /// Those of the new nodes that a value depends on.
    private static Set<Node> needed(Value value, Set<Node> fresh) {
        var found = new LinkedHashSet<Node>();
        Deque<Node> open = new ArrayDeque<>(List.of(value.node()));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (fresh.contains(node) && found.add(node)) {
                node.operands().forEach(operand -> open.push(operand.node()));
            }
        }
        return found;
    }

    /// The nodes that nothing needs once the root is replaced.
    private Set<Node> lost(Node root, Set<Value> used, Rewriter current) {
        var lost = new LinkedHashSet<Node>();
        Deque<Node> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if ((node == root || isLost(node, lost, used, current)) && lost.add(node)) {
                node.operands().stream()
                        .filter(operand -> !operand.isAbsent())
                        .forEach(operand -> open.push(operand.node()));
            }
        }
        return lost;
    }

    private boolean isLost(Node node, Set<Node> lost, Set<Value> used, Rewriter current) {
        if (node.op() instanceof Source || gone.contains(node)) {
            return false;
        }
        for (int i = 0; i < node.types().size(); i++) {
            Value result = node.result(i);
            if (used.contains(current.map(result))
                    || source.outputs().containsValue(result)
                    || !source.users(result).stream().allMatch(user -> lost.contains(user) || gone.contains(user))) {
                return false;
            }
        }
        return true;
    }
}
