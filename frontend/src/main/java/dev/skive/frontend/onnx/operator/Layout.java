package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Movements of elements that importers put operators together from.
///
/// @param node the ONNX node
record Layout(NodeContext node) {
    Value reshape(Value x, Dim... dims) {
        return reshape(x, Shape.of(dims));
    }

    Value reshape(Value x, Shape shape) {
        Value from = x.node().op() instanceof Reshape ? x.node().operand(0) : x;
        return from.shape().equals(shape) ? from : node.add(new Reshape(shape.dims()), from);
    }

    /// A value with permuted axes; a permutation that is undone leaves nothing behind.
    Value transpose(Value x, Integer... perm) {
        var op = new Transpose(ImmutableList.copyOf(perm));
        if (!(x.node().op() instanceof Transpose(var before))) {
            return node.add(op, x);
        }
        var composed = Arrays.stream(perm).map(before::get).collect(ImmutableList.toImmutableList());
        Value from = x.node().operand(0);
        return Ordering.natural().isOrdered(composed) ? from : node.add(new Transpose(composed), from);
    }

    /// `size` elements of an axis from `start` on.
    Value slice(Value x, int axis, Dim start, Dim size) {
        int at = x.shape().axis(axis);
        return x.shape().dim(at).equals(size) ? x : node.add(Slice.along(x.shape(), at, start, size), x);
    }

    Value concat(int axis, Value... parts) {
        return parts.length == 1 ? parts[0] : node.add(new Concat(parts[0].shape().axis(axis)), parts);
    }

    Value expand(Value x, Shape shape) {
        return x.shape().equals(shape) ? x : node.add(new Expand(shape.dims()), x);
    }

    Value product(Value a, Value b) {
        return node.add(new MatMul(), a, b);
    }

    Value cast(Value x, ElementType element) {
        return x.tensor().element() == element ? x : node.add(new Cast(element), x);
    }

    /// The size of an axis as a vector of one int64.
    Value sizeOf(Value x, int axis) {
        int at = x.shape().axis(axis);
        return node.add(new ShapeOf(at, at + 1), x);
    }

    /// `[batch, length, heads*size]` to `[batch, heads, length, size]`.
    Value apart(Value x, int heads) {
        Shape shape = x.shape();
        Dim size =
                shape.last()
                        .divideExactly(Dim.of(heads))
                        .orElseThrow(
                                () -> node.failure("the width of %s does not divide by %s heads", x.type(), heads));
        return transpose(reshape(x, shape.dim(0), shape.dim(1), Dim.of(heads), size), 0, 2, 1, 3);
    }

    /// `[batch, heads, length, size]` to `[batch, length, heads*size]`.
    Value joined(Value x) {
        Shape shape = x.shape();
        return reshape(transpose(x, 0, 2, 1, 3), shape.dim(0), shape.dim(2), shape.dim(1).times(shape.dim(3)));
    }

    /// A value with axes of size 1 put before its own until it has this rank.
    Value ranked(Value x, int rank) {
        var dims = new ArrayList<>(Collections.nCopies(rank - x.shape().rank(), Dim.ONE));
        dims.addAll(x.shape().dims());
        return reshape(x, Shape.of(dims));
    }

    /// A vector as the first of four axes.
    Value perBatch(Value vector) {
        return reshape(vector, vector.shape().elementCount(), Dim.ONE, Dim.ONE, Dim.ONE);
    }

    /// A value whose axis is longer, with a number behind its elements.
    Value padded(Value x, int axis, Dim length, double number) {
        int at = x.shape().axis(axis);
        if (x.shape().dim(at).equals(length)) {
            return x;
        }
        List<Dim> none = Collections.nCopies(x.shape().rank(), Dim.ZERO);
        var after = new ArrayList<>(none);
        after.set(at, length.minus(x.shape().dim(at)));
        Value fill = node.constant(TensorData.scalar(x.tensor().element(), number));
        return node.add(new Pad(ImmutableList.copyOf(none), ImmutableList.copyOf(after), Pad.Mode.CONSTANT), x, fill);
    }
}
