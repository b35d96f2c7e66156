package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Log;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.Shape;
import java.util.stream.IntStream;

/// Reductions: axes are an attribute in old opsets (before 13 for `ReduceSum`, 18 for the others) and an operand since.
///
/// @param composition how the reduction is put together
record ReduceImporter(Composition composition) implements NodeImporter.Single {
    /// What is folded.
    ///
    /// @param node the node
    /// @param x the operand
    /// @param axes the axes folded away
    /// @param keepDims whether they stay with size 1
    record Fold(NodeContext node, Value x, ImmutableList<Integer> axes, boolean keepDims) {
        /// The sum of the elements of a value.
        Value sum(Value value) {
            return node.add(new ReduceSum(axes, keepDims), value);
        }

        /// The square of each element.
        Value square() {
            return node.add(new Mul(), x, x);
        }
    }

    /// How a reduction is put together from those of the IR.
    @FunctionalInterface
    interface Composition {
        Value apply(Fold fold);
    }

    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        boolean keepDims = node.attributes().flag("keepdims", true);
        boolean noop = node.attributes().flag("noop_with_empty_axes", false);
        ImmutableList<Long> axes = node.numbers("axes", 1).orElse(ImmutableList.of());
        if (axes.isEmpty() && noop) {
            return composition.apply(new Fold(node, x, ImmutableList.of(), keepDims));
        }
        return composition.apply(new Fold(node, x, sorted(x.shape(), axes), keepDims));
    }

    private static ImmutableList<Integer> sorted(Shape shape, ImmutableList<Long> axes) {
        IntStream all = axes.isEmpty() ? IntStream.range(0, shape.rank()) : axes.stream().mapToInt(shape::axis);
        return all.sorted().distinct().boxed().collect(ImmutableList.toImmutableList());
    }

    static Value l2(Fold fold) {
        return fold.node().add(new Sqrt(), fold.sum(fold.square()));
    }

    static Value l1(Fold fold) {
        return fold.sum(fold.node().add(new Abs(), fold.x()));
    }

    static Value logSum(Fold fold) {
        return fold.node().add(new Log(), fold.sum(fold.x()));
    }

    /// `max + log(sum(exp(x - max)))`, with the maximum taken out so that nothing overflows.
    static Value logSumExp(Fold fold) {
        NodeContext node = fold.node();
        Value maximum = node.add(new ReduceMax(fold.axes(), true), fold.x());
        Value sum = fold.sum(node.add(new Exp(), node.add(new Sub(), fold.x(), maximum)));
        Value outside = fold.keepDims() ? maximum : node.add(new ReduceMax(fold.axes(), false), fold.x());
        return node.add(new Add(), outside, node.add(new Log(), sum));
    }
}
