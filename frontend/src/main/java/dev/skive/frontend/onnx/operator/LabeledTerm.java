package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A factor of an `Einsum` whose axes have labels.
///
/// @param node the ONNX node
/// @param value the factor
/// @param labels one per axis
record LabeledTerm(NodeContext node, Value value, ImmutableList<Integer> labels) {
    /// The size of the axis with a label.
    Dim dim(int label) {
        return value.shape().dim(labels.indexOf(label));
    }

    private ImmutableList<Dim> dims(List<Integer> some) {
        return some.stream().map(this::dim).collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Integer> where(Predicate<Integer> condition) {
        return labels.stream().filter(condition).collect(ImmutableList.toImmutableList());
    }

    /// The factor where axes with the same label have the same index.
    LabeledTerm withoutRepeats() {
        for (int label : labels) {
            int last = labels.lastIndexOf(label);
            if (labels.indexOf(label) != last) {
                return diagonal(labels.indexOf(label), last).withoutRepeats();
            }
        }
        return this;
    }

    /// Two axes become one, the last.
    private LabeledTerm diagonal(int first, int second) {
        var perm = new ArrayList<>(IntStream.range(0, labels.size()).boxed().toList());
        perm.remove(Integer.valueOf(first));
        perm.remove(Integer.valueOf(second));
        var rest = ImmutableList.<Integer>builder();
        perm.forEach(axis -> rest.add(labels.get(axis)));
        perm.add(first);
        perm.add(second);
        Value matrices = node.add(new Transpose(ImmutableList.copyOf(perm)), value);
        Shape shape = matrices.shape();
        if (shape.dim(-1).differsFrom(shape.dim(-2))) {
            throw node.failure(
                    "axes of %s with one label have sizes %s and %s", value.type(), shape.dim(-2), shape.dim(-1));
        }
        Value diagonal = shape.last().isKnown() ? stepped(matrices) : masked(matrices);
        return new LabeledTerm(node, diagonal, rest.add(labels.get(first)).build());
    }

    private Value stepped(Value matrices) {
        Shape shape = matrices.shape();
        Dim size = shape.last();
        Shape rows = shape.slice(0, shape.rank() - 2).concat(Shape.of(size.times(size)));
        Slice slice = Slice.along(rows, rows.rank() - 1, Dim.ZERO, size);
        var steps = new ArrayList<>(slice.steps());
        steps.set(rows.rank() - 1, size.known() + 1);
        Value flat = node.add(new Reshape(rows.dims()), matrices);
        return node.add(new Slice(slice.starts(), slice.sizes(), ImmutableList.copyOf(steps)), flat);
    }

    /// Adds up rows in which everything beside the diagonal is zero.
    private Value masked(Value matrices) {
        Shape shape = matrices.shape();
        var positions = new Positions(node);
        Value on = positions.compare(new Equal(), true, shape.dim(-2), shape.last(), positions.number(0));
        Value zero = node.constant(TensorData.scalar(value.tensor().element(), 0));
        Value masked = node.add(new Where(), on, matrices, zero);
        return node.add(new ReduceSum(ImmutableList.of(shape.rank() - 1), false), masked);
    }

    /// The factor without axes of size 1.
    LabeledTerm drop(Set<Integer> dropped) {
        if (dropped.isEmpty()) {
            return this;
        }
        ImmutableList<Integer> kept = where(label -> !dropped.contains(label));
        return new LabeledTerm(node, node.add(new Reshape(dims(kept)), value), kept);
    }

    /// The factor summed over all labels but some.
    LabeledTerm keep(Set<Integer> needed) {
        var folded = ImmutableList.<Integer>builder();
        for (int axis = 0; axis < labels.size(); axis++) {
            if (!needed.contains(labels.get(axis))) {
                folded.add(axis);
            }
        }
        ImmutableList<Integer> axes = folded.build();
        return axes.isEmpty()
                ? this
                : new LabeledTerm(node, node.add(new ReduceSum(axes, false), value), where(needed::contains));
    }

    /// The factor with its axes in this order.
    LabeledTerm ordered(List<Integer> order) {
        if (order.equals(labels)) {
            return this;
        }
        ImmutableList<Integer> perm = order.stream().map(labels::indexOf).collect(ImmutableList.toImmutableList());
        return new LabeledTerm(node, node.add(new Transpose(perm), value), ImmutableList.copyOf(order));
    }

    /// The product, summed over the labels that both have and nothing needs after it.
    LabeledTerm times(LabeledTerm other, Set<Integer> after) {
        ImmutableList<Integer> batch = where(label -> other.labels.contains(label) && after.contains(label));
        ImmutableList<Integer> summed = where(label -> other.labels.contains(label) && !after.contains(label));
        ImmutableList<Integer> own = where(label -> !other.labels.contains(label));
        ImmutableList<Integer> others = other.where(label -> !labels.contains(label));
        ImmutableList<Integer> all = concat(batch, own, others);
        for (int label : concat(batch, summed)) {
            if (dim(label).differsFrom(other.dim(label))) {
                throw node.failure(
                        "axes labeled '%s' have sizes %s and %s",
                        Character.toString(label), dim(label), other.dim(label));
            }
        }
        if (summed.isEmpty()) {
            Value left = grouped(batch, own, others.stream().map(_ -> Dim.ONE).toList());
            var middle = own.stream().map(_ -> Dim.ONE).toList();
            Value right = other.reshaped(concat(batch, others), concat(other.dims(batch), middle, other.dims(others)));
            return new LabeledTerm(node, node.add(new Mul(), left, right), all);
        }
        Value left = reshaped(concat(batch, own, summed), concat(dims(batch), count(own), count(summed)));
        Value right =
                other.reshaped(
                        concat(batch, summed, others),
                        concat(other.dims(batch), other.count(summed), other.count(others)));
        Value product = node.add(new MatMul(), left, right);
        var dims = concat(product.shape().slice(0, batch.size()).dims(), dims(own), other.dims(others));
        Value shaped = product.shape().dims().equals(dims) ? product : node.add(new Reshape(dims), product);
        return new LabeledTerm(node, shaped, all);
    }

    private Value grouped(List<Integer> batch, List<Integer> own, List<Dim> ones) {
        return reshaped(concat(batch, own), concat(dims(batch), dims(own), ones));
    }

    private Value reshaped(List<Integer> order, ImmutableList<Dim> dims) {
        Value ordered = ordered(order).value();
        return ordered.shape().dims().equals(dims) ? ordered : node.add(new Reshape(dims), ordered);
    }

    private ImmutableList<Dim> count(List<Integer> some) {
        return ImmutableList.of(dims(some).stream().reduce(Dim.ONE, Dim::times));
    }

    @SafeVarargs
    private static <T> ImmutableList<T> concat(List<T>... lists) {
        var all = ImmutableList.<T>builder();
        for (List<T> list : lists) {
            all.addAll(list);
        }
        return all.build();
    }
}
