package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;

/// Scales and zero points of a tensor in the shape in which they broadcast to it.
///
/// @param node the node that names them
/// @param shape the tensor's shape
/// @param axis the axis along which they differ, as the node names it
/// @param block how many neighbours along the axis share one, 0 when there is one per tensor or per index
record QuantizationScale(NodeContext node, Shape shape, long axis, long block) {
    /// One scale per tensor or per index of an axis, or per block of neighbours, as the attributes of a node say.
    static QuantizationScale of(NodeContext node, Shape shape) {
        long axis = node.attributes().integer("axis", 1);
        long block = node.attributes().integer("block_size", 0);
        if (block < 0) {
            throw node.failure("attribute 'block_size' must not be negative, found %s", block);
        }
        return new QuantizationScale(node, shape, axis, block);
    }

    /// A scale or zero point in the shape in which it broadcasts.
    Value spread(Value scale) {
        Shape given = scale.shape();
        if (given.elementCount().is(1) && given.rank() <= 1) {
            return reshaped(scale, ImmutableList.of());
        }
        if (block > 0) {
            return blocks(scale);
        }
        int at = shape.axis(axis);
        if (given.rank() != 1 || given.dim(0).differsFrom(shape.dim(at))) {
            throw node.failure(
                    "scale or zero point %s must have one element, or one per index of axis %s of %s",
                    given, at, shape);
        }
        var dims = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ONE));
        dims.set(at, given.dim(0));
        return reshaped(scale, ImmutableList.copyOf(dims));
    }

    /// Constants are reshaped here: engines have no `Reshape` for every type of zero point.
    private Value reshaped(Value scale, ImmutableList<Dim> dims) {
        var target = new Shape(dims);
        if (scale.shape().equals(target)) {
            return scale;
        }
        return scale.constant().isPresent() && target.isKnown()
                ? node.constant(scale.constant().get().reshape(target.known()))
                : node.add(new Reshape(dims), scale);
    }

    private Value blocks(Value scale) {
        int at = shape.axis(axis);
        Shape given = scale.shape();
        Dim size = shape.dim(at);
        boolean fits = given.rank() == shape.rank() && size.isKnown();
        for (int i = 0; fits && i < shape.rank(); i++) {
            Dim expected = i == at ? Dim.of(Math.ceilDiv(size.known(), block)) : shape.dim(i);
            fits = !given.dim(i).differsFrom(expected);
        }
        if (!fits) {
            throw node.failure(
                    "scale or zero point %s must have one element per %s elements along axis %s of %s",
                    given, block, at, shape);
        }
        long count = size.known();
        var indices = new long[Math.toIntExact(count)];
        for (int i = 0; i < count; i++) {
            indices[i] = i / block;
        }
        if (block == 1) {
            return scale;
        }
        Value spread = node.add(new Gather(at), scale, node.constant(TensorData.ofLongs(indices, count)));
        return scale.constant().isPresent()
                ? node.constant(new Interpreter(Precision.DECLARED).fold(spread.node()).getFirst().toData())
                : spread;
    }
}
