package dev.skive.passes.norm;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.Optional;
import java.util.stream.IntStream;

/// How operators carry channels along: those that treat every channel alike and mix none with another, so that taking
/// the mean over the channels away from their operands takes it away from their result.
final class Carriage {
    private Carriage() {}

    /// For each operand that the channels come from, its axis of channels; empty when the operator does not carry the
    /// channels of its result along.
    ///
    /// @param axis the axis of channels of the result
    static ImmutableMap<Integer, Integer> operands(Node node, int axis) {
        Shape result = node.result().shape();
        return switch (node.op()) {
            case Add sum -> every(node, axis, 0, 1);
            case Sub difference -> every(node, axis, 0, 1);
            case Neg negation -> every(node, axis, 0);
            case Cast cast when cast.to().isReal() && node.operand(0).tensor().element().isReal() ->
                    every(node, axis, 0);
            case Mul product when isOnePerRow(node, 1, axis) -> every(node, axis, 0);
            case Mul product when isOnePerRow(node, 0, axis) -> every(node, axis, 1);
            case Div quotient when isOnePerRow(node, 1, axis) -> every(node, axis, 0);
            case Where choice when isOnePerRow(node, 0, axis) -> every(node, axis, 1, 2);
            case Expand copy -> every(node, axis, 0);
            case Transpose move -> ImmutableMap.of(0, move.perm().get(axis));
            case Concat join when join.axis() != axis ->
                    IntStream.range(0, node.operands().size())
                            .boxed()
                            .collect(ImmutableMap.toImmutableMap(i -> i, i -> axis));
            case Slice cut when takesAll(cut, axis, node.operand(0).shape()) -> ImmutableMap.of(0, axis);
            case Gather pick -> gathered(node, pick, axis);
            case EmbeddingSum sum when axis == result.rank() - 1 -> tables(node);
            case Reshape reshape -> reshaped(node.operand(0).shape(), result, axis);
            case ReduceMean mean -> folded(mean.axes(), mean.keepDims(), node, axis);
            case ReduceSum sum -> folded(sum.axes(), sum.keepDims(), node, axis);
            default -> ImmutableMap.of();
        };
    }

    /// The axis of channels of the result when an operand's channels lie along `axis`.
    static Optional<Integer> result(Node node, Value operand, int axis) {
        return IntStream.range(0, node.result().shape().rank())
                .boxed()
                .filter(candidate -> carries(node, operand, axis, candidate))
                .findFirst();
    }

    /// True when every use of the operand is one that carries.
    private static boolean carries(Node node, Value operand, int axis, int resultAxis) {
        ImmutableMap<Integer, Integer> carried = operands(node, resultAxis);
        return IntStream.range(0, node.operands().size())
                .filter(i -> node.operand(i).equals(operand))
                .allMatch(i -> Integer.valueOf(axis).equals(carried.get(i)));
    }

    /// These operands, when each of them has all channels.
    private static ImmutableMap<Integer, Integer> every(Node node, int axis, int... operands) {
        Shape result = node.result().shape();
        var axes = ImmutableMap.<Integer, Integer>builder();
        for (int operand : operands) {
            Shape shape = node.operand(operand).shape();
            int own = axis - (result.rank() - shape.rank());
            if (own < 0 || !shape.dim(own).equals(result.dim(axis))) {
                return ImmutableMap.of();
            }
            axes.put(operand, own);
        }
        return axes.buildOrThrow();
    }

    /// True when an operand is the same number for all channels of a row.
    private static boolean isOnePerRow(Node node, int operand, int axis) {
        Shape shape = node.operand(operand).shape();
        int own = axis - (node.result().shape().rank() - shape.rank());
        return own < 0 || shape.dim(own).is(1);
    }

    private static boolean takesAll(Slice cut, int axis, Shape shape) {
        return cut.starts().get(axis).is(0)
                && cut.steps().get(axis) == 1
                && cut.sizes().get(axis).equals(shape.dim(axis));
    }

    private static ImmutableMap<Integer, Integer> gathered(Node node, Gather pick, int axis) {
        int indices = node.operand(1).shape().rank();
        if (axis < pick.axis()) {
            return ImmutableMap.of(0, axis);
        }
        return axis >= pick.axis() + indices ? ImmutableMap.of(0, axis - indices + 1) : ImmutableMap.of();
    }

    private static ImmutableMap<Integer, Integer> tables(Node node) {
        return IntStream.range(0, node.operands().size() / 2)
                .boxed()
                .collect(ImmutableMap.toImmutableMap(i -> 2 * i, i -> 1));
    }

    /// The axis of the operand with as many elements before it and the same size.
    private static ImmutableMap<Integer, Integer> reshaped(Shape from, Shape to, int axis) {
        Dim before = to.slice(0, axis).elementCount();
        for (int own = 0; own < from.rank(); own++) {
            if (from.dim(own).equals(to.dim(axis)) && from.slice(0, own).elementCount().equals(before)) {
                return ImmutableMap.of(0, own);
            }
        }
        return ImmutableMap.of();
    }

    private static ImmutableMap<Integer, Integer> folded(
            com.google.common.collect.ImmutableList<Integer> axes, boolean keepDims, Node node, int axis) {
        int own = axis;
        if (!keepDims) {
            for (int folded : axes) {
                own += folded <= own ? 1 : 0;
            }
        }
        return own < node.operand(0).shape().rank() && !axes.contains(own)
                ? ImmutableMap.of(0, own)
                : ImmutableMap.of();
    }
}
