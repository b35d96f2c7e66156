package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.AveragePool;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.LpPool;
import dev.skive.ir.op.MaxPool;
import dev.skive.ir.op.MaxPoolIndex;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// Pooling: each channel by itself, windows or all of it.
final class Poolings {
    private Poolings() {}

    private static Pooling pooling(NodeContext node) {
        var attributes = WindowAttributes.of(node);
        ImmutableList<Long> kernel = attributes.kernel();
        boolean ceil = node.attributes().flag("ceil_mode", false);
        return new Pooling(kernel, attributes.window(WindowAttributes.dims(kernel)), ceil);
    }

    /// `MaxPool`: the greatest elements and, when asked for, where they lie.
    static ImmutableList<Value> max(NodeContext node) {
        Pooling pooling = pooling(node);
        long order = node.attributes().integer("storage_order", 0);
        Value greatest = node.add(new MaxPool(pooling), node.operand(0));
        return node.resultCount() < 2
                ? ImmutableList.of(greatest)
                : ImmutableList.of(greatest, node.add(new MaxPoolIndex(pooling, order != 0), node.operand(0)));
    }

    /// `AveragePool`.
    static Value average(NodeContext node) {
        boolean countPads = node.attributes().flag("count_include_pad", false);
        return node.add(new AveragePool(pooling(node), countPads), node.operand(0));
    }

    /// `LpPool`.
    static Value lp(NodeContext node) {
        return node.add(new LpPool(pooling(node), node.attributes().integer("p", 2)), node.operand(0));
    }

    private static ImmutableList<Integer> spatial(NodeContext node) {
        int rank = node.shape(0).rank();
        if (rank < 3) {
            throw node.failure("%s needs an operand [n, c, ...], found %s", node.proto().getOpType(), node.shape(0));
        }
        return IntStream.range(2, rank).boxed().collect(ImmutableList.toImmutableList());
    }

    /// `GlobalAveragePool`.
    static Value globalAverage(NodeContext node) {
        return node.add(new ReduceMean(spatial(node), true), node.operand(0));
    }

    /// `GlobalMaxPool`.
    static Value globalMax(NodeContext node) {
        return node.add(new ReduceMax(spatial(node), true), node.operand(0));
    }

    /// `GlobalLpPool`: `(sum |x|^p)^(1/p)`.
    static Value globalLp(NodeContext node) {
        long p = node.attributes().integer("p", 2);
        if (p < 1) {
            throw node.failure("attribute 'p' must be positive, found %s", p);
        }
        Term sizes = Term.operand(node, 0).with(new Abs());
        BiFunction<Term, Double, Term> power =
                (x, exponent) -> new Term(node, node.add(new Pow(), x.value(), x.number(exponent).value()));
        Term powers = p == 1 ? sizes : p == 2 ? sizes.times(sizes) : power.apply(sizes, (double) p);
        Term sum = powers.with(new ReduceSum(spatial(node), true));
        return (p == 1 ? sum : power.apply(sum, 1.0 / p)).value();
    }

    /// `MaxUnpool`: zeros, and the elements at their places among all elements of the result.
    static Value unpool(NodeContext node) {
        // Read even where the sizes are given, so that the attributes are checked and known.
        Shape inferred = unpooled(node);
        Shape shape = node.has(2) ? new Shape(node.sizes(2)) : inferred;
        if (shape.rank() != node.shape(0).rank()) {
            throw node.failure("operand 2 must give a size per axis of %s, found %s", node.shape(0), shape);
        }
        ImmutableList<Dim> line = ImmutableList.of(shape.elementCount());
        ImmutableList<Dim> count = ImmutableList.of(node.shape(0).elementCount());
        Value zeros = node.add(new Expand(line), node.scalar(node.operand(0), 0));
        Value indices = node.add(new Reshape(count), node.operand(1));
        Value elements = node.add(new Reshape(count), node.operand(0));
        Value placed = node.add(new ScatterElements(0, Combination.REPLACE), zeros, indices, elements);
        return node.add(new Reshape(shape.dims()), placed);
    }

    private static Shape unpooled(NodeContext node) {
        var attributes = WindowAttributes.of(node);
        ImmutableList<Long> kernel = attributes.kernel();
        var dims = ImmutableList.<Dim>builder().addAll(node.shape(0).dims().subList(0, 2));
        for (int axis = 0; axis < attributes.rank(); axis++) {
            long pads = attributes.pads().get(axis) + attributes.pads().get(axis + attributes.rank());
            Dim steps = node.shape(0).dim(axis + 2).minus(Dim.ONE).times(attributes.strides().get(axis));
            dims.add(steps.plus(kernel.get(axis) - pads));
        }
        return new Shape(dims.build());
    }
}
