package dev.skive.passes.residual;

import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.MatMulInteger;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Collection;

/// What a part of a network holds and does.
///
/// @param parameters elements of its weights
/// @param flops multiplications and additions of its products, convolutions, recurrences and of attention; a multiply-add
///     counts two. What is done element by element does not count.
public record BlockCost(long parameters, Dim flops) {
    /// The cost of a block.
    public static BlockCost of(Block block) {
        long parameters = block.weights().keySet().stream().mapToLong(BlockCost::elements).sum();
        return new BlockCost(parameters, flops(block.body()));
    }

    private static long elements(Value weight) {
        return weight.type() instanceof TensorType type ? type.shape().elementCount().ifKnown().orElse(0) : 0;
    }

    /// The work of some nodes.
    public static Dim flops(Collection<Node> nodes) {
        return nodes.stream().map(BlockCost::flops).reduce(Dim.ZERO, Dim::plus);
    }

    private static Dim flops(Node node) {
        return switch (node.op()) {
            case Linear product -> product(node);
            case MatMul product -> product(node);
            case MatMulInteger product -> product(node);
            case Attention attention -> attention(node);
            case Conv convolution -> perElement(node.result().shape(), node.operand(1).shape());
            case ConvTranspose convolution -> perElement(node.operand(0).shape(), node.operand(1).shape());
            case Recurrent recurrent -> recurrent(node);
            default -> Dim.ZERO;
        };
    }

    /// Each element of the result is a sum over the last axis of the left operand.
    private static Dim product(Node node) {
        return node.result().shape().elementCount().times(node.operand(0).shape().last()).times(2);
    }

    /// Each query meets each key, once for the score and once for the sum of values.
    private static Dim attention(Node node) {
        Shape queries = node.operand(0).shape();
        Dim keys = node.operand(1).shape().dim(1);
        Dim scores = queries.elementCount().times(keys);
        Dim sums = node.result().shape().elementCount().times(keys);
        return scores.plus(sums).times(2);
    }

    /// Each of these elements meets the kernel of one channel.
    private static Dim perElement(Shape elements, Shape kernel) {
        return elements.elementCount().times(kernel.slice(1, kernel.rank()).elementCount()).times(2);
    }

    /// Each position meets both weight matrices.
    private static Dim recurrent(Node node) {
        Shape x = node.operand(0).shape();
        Dim positions = x.dim(0).times(x.dim(1));
        Dim weights = node.operand(1).shape().elementCount().plus(node.operand(2).shape().elementCount());
        return positions.times(weights).times(2);
    }
}
