package dev.skive.passes.residual;

import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Softmax;
import dev.skive.passes.weight.Weight;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;

/// What a block of a residual stream computes.
public enum BlockKind {
    /// Values of all positions, weighted by how well they fit.
    ATTENTION,
    /// Products with weights and what is between them, position by position.
    MLP,
    /// Both side by side on the same input.
    ATTENTION_AND_MLP,
    /// Convolutions.
    CONVOLUTION,
    /// A recurrent network.
    RECURRENT,
    /// Anything else.
    OTHER;

    static BlockKind of(Step step) {
        Collection<Node> body = step.body();
        if (attends(body)) {
            return isParallel(step) ? ATTENTION_AND_MLP : ATTENTION;
        }
        if (any(body, node -> node.op() instanceof Recurrent)) {
            return RECURRENT;
        }
        if (any(body, node -> node.op() instanceof Conv || node.op() instanceof ConvTranspose)) {
            return CONVOLUTION;
        }
        return any(body, BlockKind::isProductWithWeights) ? MLP : OTHER;
    }

    /// True when the body attends, be attention one operator or spelled out.
    static boolean attends(Collection<Node> body) {
        return any(body, node -> node.op() instanceof Attention)
                || (any(body, node -> node.op() instanceof Softmax)
                        && body.stream().filter(BlockKind::isProductOfActivations).count() >= 2);
    }

    private static boolean isParallel(Step step) {
        Node last = step.increment().node();
        return last.op() instanceof Add
                && last.operands().stream().anyMatch(part -> attends(partOf(step, part)))
                && last.operands().stream()
                        .anyMatch(part ->
                                !attends(partOf(step, part))
                                        && any(partOf(step, part), BlockKind::isProductWithWeights));
    }

    /// The nodes of the body that compute one of its values.
    private static Collection<Node> partOf(Step step, dev.skive.ir.graph.Value part) {
        var found = new java.util.LinkedHashSet<Node>();
        var open = new java.util.ArrayDeque<Node>();
        open.add(part.node());
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (step.body().contains(node) && found.add(node)) {
                node.operands().stream()
                        .filter(operand -> !operand.isAbsent())
                        .forEach(operand -> open.add(operand.node()));
            }
        }
        return found;
    }

    static boolean isProductWithWeights(Node node) {
        return node.op() instanceof Linear
                || (node.op() instanceof MatMul && node.operands().stream().anyMatch(Weight::is));
    }

    private static boolean isProductOfActivations(Node node) {
        return node.op() instanceof MatMul && !isProductWithWeights(node);
    }

    private static boolean any(Collection<Node> nodes, Predicate<Node> test) {
        return nodes.stream().anyMatch(test);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace("_and_", "+");
    }
}
