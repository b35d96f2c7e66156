package dev.skive.passes.exact;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Op;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.rule.NodeRule;
import java.util.Optional;

/// A concatenation whose operands are concatenations along the same axis, used nowhere else, takes theirs.
record MergeConcats() implements NodeRule {
    @Override
    public String name() {
        return "merge-concats";
    }

    @Override
    public Contract contract() {
        return Exactness.EXACT;
    }

    @Override
    public ImmutableSet<Class<? extends Op>> operators() {
        return ImmutableSet.of(Concat.class);
    }

    @Override
    public Optional<Rewrite> rewrite(Node node, Rewriter rewriter) {
        Origin origin = rewriter.source().origin(node).touchedBy(name());
        var flat = ImmutableList.<Value>builder();
        boolean merged = false;
        for (Value operand : node.operands()) {
            if (operand.node().op().equals(node.op()) && rewriter.source().useCount(operand) == 1) {
                operand.node().operands().forEach(inner -> flat.add(rewriter.map(inner)));
                origin = rewriter.source().origin(operand.node()).merge(origin);
                merged = true;
            } else {
                flat.add(rewriter.map(operand));
            }
        }
        ImmutableList<Value> operands = flat.build();
        if (!merged) {
            return Optional.empty();
        }
        Node concat = rewriter.target().addNode(origin, node.op(), operands);
        return Optional.of(new Rewrite(concat.result(), origin));
    }
}
