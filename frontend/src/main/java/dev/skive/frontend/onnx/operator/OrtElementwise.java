package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Smaller operators of ORT's own, in their parts.
final class OrtElementwise {
    private OrtElementwise() {}

    /// `BiasAdd`: operand, bias and skip.
    static Value biasAdd(NodeContext node) {
        return Term.operand(node, 0).plus(Term.operand(node, 1)).plus(Term.operand(node, 2)).value();
    }

    /// `BiasSoftmax`: the softmax of a sum over all axes from `axis` on; shapes say how the bias is broadcast.
    static Value biasSoftmax(NodeContext node) {
        node.attributes().ignore("is_inner_broadcast");
        var layout = new Layout(node);
        Value sum = node.add(new Add(), node.operand(0), node.operand(1));
        Shape shape = sum.shape();
        int axis = shape.axis(node.attributes().integer("axis", 1));
        Dim width = shape.slice(axis, shape.rank()).elementCount();
        Value rows = layout.reshape(sum, shape.slice(0, axis).concat(Shape.of(width)));
        return layout.reshape(node.add(new Softmax(axis), rows), shape);
    }

    /// `BiasDropout` in inference: operand, bias and residual, and a mask that keeps everything.
    static ImmutableList<Value> biasDropout(NodeContext node) {
        Value sum = node.add(new Add(), node.operand(0), node.operand(1));
        Value result = node.optional(2).map(residual -> node.add(new Add(), sum, residual)).orElse(sum);
        return DropoutImporter.dropped(node, result, node.optional(3), node.optional(4));
    }

    /// `CDist`: distances between the rows of two matrices.
    static Value cdist(NodeContext node) {
        var layout = new Layout(node);
        Shape a = node.shape(0);
        Shape b = node.shape(1);
        if (a.rank() != 2 || b.rank() != 2) {
            throw node.failure("operands must be matrices, found %s and %s", a, b);
        }
        var left = new Term(node, layout.reshape(node.operand(0), a.dim(0), Dim.ONE, a.dim(1)));
        var right = new Term(node, layout.reshape(node.operand(1), Dim.ONE, b.dim(0), b.dim(1)));
        Term apart = left.minus(right);
        Term squares = apart.times(apart).with(new ReduceSum(ImmutableList.of(2), false));
        String metric = node.attributes().text("metric", "sqeuclidean");
        return switch (metric) {
            case "sqeuclidean" -> squares.value();
            case "euclidean" -> squares.with(new Sqrt()).value();
            default ->
                    throw node.failure("attribute 'metric' must be 'euclidean' or 'sqeuclidean', found '%s'", metric);
        };
    }

    /// `ExpandDims`: an axis of size 1 put in.
    static Value expandDims(NodeContext node) {
        Shape shape = node.shape(0);
        long asked = node.numbers(1).getFirst();
        long axis = asked < 0 ? asked + shape.rank() + 1 : asked;
        if (axis < 0 || axis > shape.rank()) {
            throw node.failure("axis %s is outside a result of rank %s", asked, shape.rank() + 1);
        }
        var dims = new ArrayList<>(shape.dims());
        dims.add((int) axis, Dim.ONE);
        return new Layout(node).reshape(node.operand(0), Shape.of(dims));
    }

    /// `ReduceSumInteger`: bytes summed up in 32 bits.
    static Value reduceSumInteger(NodeContext node) {
        Term x = Term.operand(node, 0);
        List<Long> asked = node.attributes().integers("axes").<List<Long>>map(list -> list).orElse(List.of());
        ImmutableList<Integer> axes = axes(node.shape(0), asked);
        boolean unsigned = x.element().kind() == ElementType.Kind.UNSIGNED;
        boolean keepDims = node.attributes().flag("keepdims", true);
        return x.as(unsigned ? ElementType.UINT32 : ElementType.INT32).with(new ReduceSum(axes, keepDims)).value();
    }

    private static ImmutableList<Integer> axes(Shape shape, List<Long> asked) {
        IntStream axes = asked.isEmpty() ? IntStream.range(0, shape.rank()) : asked.stream().mapToInt(shape::axis);
        return axes.sorted().distinct().boxed().collect(ImmutableList.toImmutableList());
    }

    /// `ComplexMul` and `ComplexMulConj`: products of complex numbers, whose two parts are the last axis; in the second
    /// form with the conjugate of the right factor.
    static Value complexProduct(NodeContext node, boolean conjugate) {
        var layout = new Layout(node);
        Term a = part(layout, 0, 0);
        Term b = part(layout, 0, 1);
        Term c = part(layout, 1, 0);
        Term d = conjugate ? part(layout, 1, 1).times(-1) : part(layout, 1, 1);
        Value real = a.times(c).minus(b.times(d)).value();
        return layout.concat(-1, real, a.times(d).plus(b.times(c)).value());
    }

    private static Term part(Layout layout, int operand, long index) {
        Value all = layout.node().operand(operand);
        return new Term(layout.node(), layout.slice(all, all.shape().axis(-1), Dim.of(index), Dim.ONE));
    }

    /// `MulInteger`: a product of bytes, each less its zero point, in 32 bits.
    static Value mulInteger(NodeContext node) {
        return number(node, 0).times(number(node, 2)).value();
    }

    private static Term number(NodeContext node, int operand) {
        Term x = Term.operand(node, operand).as(ElementType.INT32);
        return node.has(operand + 1) ? x.minus(Term.operand(node, operand + 1).as(ElementType.INT32)) : x;
    }

    /// `IsAllFinite`: whether no element of any operand is infinite or NaN.
    static Value isAllFinite(NodeContext node) {
        boolean infiniteOnly = node.attributes().flag("isinf_only", false);
        boolean nanOnly = node.attributes().flag("isnan_only", false);
        if (infiniteOnly && nanOnly) {
            throw node.failure("attributes 'isinf_only' and 'isnan_only' exclude each other");
        }
        Optional<Value> all = Optional.empty();
        for (int i = 0; i < node.operands().size(); i++) {
            Term x = Term.operand(node, i);
            Term number = x.isEqual(x);
            Term finite = x.abs().isEqual(Double.POSITIVE_INFINITY).not();
            Term good = infiniteOnly ? finite : nanOnly ? number : number.isBoth(finite);
            Value least = good.as(ElementType.UINT8).with(new ReduceMin(axes(node.shape(i), List.of()), false)).value();
            Value here = new Term(node, least).as(ElementType.BOOL).value();
            all = Optional.of(all.map(other -> node.add(new And(), other, here)).orElse(here));
        }
        return all.orElseThrow(() -> node.failure("operands are missing"));
    }
}
