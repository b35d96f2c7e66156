package dev.skive.passes.exact;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.weight.WeightMovement;
import java.util.Optional;

/// A node over constants, or whose elements are known sizes, becomes a constant; unless that would make the model
/// larger by more than a small amount.
///
/// @param inexact whether operators that engines may round differently are folded too
/// @param growth how much larger the model may become
record FoldConstant(boolean inexact, Growth growth) implements NodeRule {
    private static final long SMALL_BYTES = 64 * 1024;
    private static final long MAXIMUM_ELEMENTS = 1 << 24;

    @Override
    public String name() {
        return "fold-constant";
    }

    @Override
    public Contract contract() {
        return inexact ? Exactness.REASSOCIATING : Exactness.EXACT;
    }

    @Override
    public CostClaim cost() {
        return CostClaim.NODES;
    }

    @Override
    public String documentation() {
        return "A node over constants, or whose elements are known sizes, becomes a constant.";
    }

    @Override
    public ImmutableSet<Class<? extends Op>> operators() {
        return ImmutableSet.of();
    }

    @Override
    public Optional<Rewrite> rewrite(Node node, Rewriter rewriter) {
        if (node.op() instanceof Source) {
            return Optional.empty();
        }
        return knownSizes(node)
                .or(() -> evaluated(node, rewriter))
                .map(data -> {
                    Origin origin = origin(node, rewriter.source()).touchedBy(name());
                    return new Rewrite(rewriter.target().constant(origin, data), origin, ImmutableSet.of(node));
                });
    }

    /// The node, and those that its operands stand for.
    private Origin origin(Node node, Graph graph) {
        return node.operands().stream()
                .filter(operand -> !operand.isAbsent())
                .map(operand -> graph.origin(operand.node()))
                .filter(origin -> origin.rules().contains(name()))
                .reduce(graph.origin(node), Origin::merge);
    }

    private static Optional<TensorData> knownSizes(Node node) {
        return node.contents()
                .filter(sizes -> sizes.stream().allMatch(Dim::isKnown))
                .map(sizes -> {
                    TensorType type = node.result().tensor();
                    long[] values = sizes.stream().mapToLong(Dim::known).toArray();
                    return TensorData.ofIntegers(type.element(), values, type.shape().known());
                });
    }

    private Optional<TensorData> evaluated(Node node, Rewriter rewriter) {
        boolean foldable =
                !(node.op() instanceof Dynamic)
                        && overConstants(node)
                        && node.types().getFirst() instanceof TensorType type
                        && type.shape().isKnown()
                        && (!(node.op() instanceof Slice slice) || slice.starts().stream().allMatch(Dim::isKnown))
                        && (inexact || ExactFolding.isExact(node))
                        && ExactFolding.isDefined(node)
                        && staysSmall(node, type, rewriter);
        return foldable ? evaluate(node) : Optional.empty();
    }

    private static boolean overConstants(Node node) {
        return !node.operands().isEmpty()
                && node.operands().stream().allMatch(operand -> operand.isAbsent() || operand.constant().isPresent());
    }

    /// Large results are fine as long as their operands disappear.
    private boolean staysSmall(Node node, TensorType type, Rewriter rewriter) {
        long saved =
                node.operands().stream()
                        .filter(operand -> !operand.isAbsent() && rewriter.source().useCount(operand) == 1)
                        .mapToLong(FoldConstant::bytes)
                        .sum();
        long added = type.element().bytes(type.shape().elementCount().known()) - saved;
        return added <= SMALL_BYTES && growth.take(added);
    }

    private static long bytes(Value operand) {
        return operand.constant().map(data -> data.bytes().byteSize()).orElse(0L);
    }

    private static Optional<TensorData> evaluate(Node node) {
        Optional<TensorData> moved = WeightMovement.moved(node);
        if (moved.isPresent()) {
            return moved;
        }
        boolean tooLarge =
                node.operands().stream()
                        .flatMap(operand -> operand.constant().stream())
                        .anyMatch(constant -> constant.count() > MAXIMUM_ELEMENTS);
        try {
            return tooLarge
                    ? Optional.empty()
                    : Optional.of(new Interpreter(Precision.DECLARED).fold(node).getFirst().toData());
        } catch (SkiveException undefined) {
            return Optional.empty();
        }
    }
}
