package dev.skive.passes.exact;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Op;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.NodeRule;
import java.util.ArrayList;
import java.util.Optional;

/// An operator that broadcasts takes the operand of an `expand` instead of its result, where the type of its own result
/// stays what it was.
record DropExpandedOperand() implements NodeRule {
    private static final int MASK = 3;

    @Override
    public String name() {
        return "drop-expanded-operand";
    }

    @Override
    public Contract contract() {
        return Exactness.EXACT;
    }

    @Override
    public CostClaim cost() {
        return CostClaim.DEPTH;
    }

    @Override
    public String documentation() {
        return "An operator that broadcasts takes the operand of an expansion instead of its result.";
    }

    @Override
    public ImmutableSet<Class<? extends Op>> operators() {
        return ImmutableSet.of();
    }

    @Override
    public Optional<Rewrite> rewrite(Node node, Rewriter rewriter) {
        for (int i = 0; i < node.operands().size(); i++) {
            Value operand = node.operand(i);
            if (broadcasts(node, i) && operand.node().op() instanceof Expand) {
                Node without = without(node, i, rewriter);
                if (without.types().equals(node.types())) {
                    return Optional.of(
                            new Rewrite(
                                    without.result(),
                                    origin(node, operand, rewriter),
                                    ImmutableSet.of(node, operand.node())));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean broadcasts(Node node, int operand) {
        return (node.op() instanceof Elementwise && node.operands().size() > 1)
                || (node.op() instanceof Attention && operand == MASK);
    }

    private Node without(Node node, int expanded, Rewriter rewriter) {
        var operands = new ArrayList<>(node.operands().stream().map(rewriter::map).toList());
        operands.set(expanded, rewriter.map(node.operand(expanded).node().operand(0)));
        return rewriter.target().addNode(origin(node, node.operand(expanded), rewriter), node.op(), operands);
    }

    private Origin origin(Node node, Value expanded, Rewriter rewriter) {
        return rewriter.source().origin(node).merge(rewriter.source().origin(expanded.node())).touchedBy(name());
    }
}
