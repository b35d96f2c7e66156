package dev.skive.passes.residual;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Where a block of a residual stream is normalized.
public enum NormPlacement {
    /// What the body reads: `x + f(norm(x))`.
    PRE,
    /// The sum: `norm(x + f(x))`.
    POST,
    /// What the body reads and what it gives: `x + norm(f(norm(x)))`.
    SANDWICH,
    /// What the body gives only: `x + norm(f(x))`.
    INNER,
    /// Nowhere, or by operators that are no normalization here, such as a folded batch norm.
    NONE;

    static NormPlacement of(Graph graph, Step step, Collection<Node> after) {
        if (after.stream().anyMatch(NormPlacement::isNorm)) {
            return POST;
        }
        boolean before = readsThroughNorm(graph, step);
        if (isNorm(step.increment().node())) {
            return before ? SANDWICH : INNER;
        }
        return before ? PRE : NONE;
    }

    private static boolean readsThroughNorm(Graph graph, Step step) {
        List<Node> readers = readers(graph, step);
        return !readers.isEmpty() && readers.stream().allMatch(NormPlacement::isNorm);
    }

    /// The nodes of the body that use what it reads.
    static List<Node> readers(Graph graph, Step step) {
        Value reads = step.reads();
        return graph.users(reads).stream().filter(step.body()::contains).distinct().toList();
    }

    /// True for layer norm and RMS norm.
    public static boolean isNorm(Node node) {
        return node.op() instanceof LayerNorm || node.op() instanceof RmsNorm;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
