package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.type.Shape;

/// `Softmax` and its relatives: along one axis since opset 13, over all axes from `axis` on before.
///
/// @param function what is done along an axis
record SoftmaxImporter(RowFunction function) implements NodeImporter.Single {
    private static final int ONE_AXIS = 13;

    /// A function of the elements along an axis.
    @FunctionalInterface
    interface RowFunction {
        Value apply(NodeContext node, Value x, int axis);
    }

    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Shape shape = x.shape();
        int axis = shape.axis(node.attributes().integer("axis", node.opset() < ONE_AXIS ? 1 : -1));
        if (node.opset() >= ONE_AXIS || axis == shape.rank() - 1) {
            return function.apply(node, x, axis);
        }
        Shape row = Shape.of(shape.slice(axis, shape.rank()).elementCount());
        Value rows = node.add(new Reshape(shape.slice(0, axis).concat(row).dims()), x);
        return node.add(new Reshape(shape.dims()), function.apply(node, rows, axis));
    }

    static Value softmax(NodeContext node, Value x, int axis) {
        return node.add(new Softmax(axis), x);
    }

    /// `x - max - log(sum(exp(x - max)))`
    static Value logSoftmax(NodeContext node, Value x, int axis) {
        var axes = ImmutableList.of(axis);
        Term moved = new Term(node, x).minus(new Term(node, node.add(new ReduceMax(axes, true), x)));
        Value sum = node.add(new ReduceSum(axes, true), moved.exp().value());
        return moved.minus(new Term(node, sum).log()).value();
    }

    /// 1 at the first of the greatest elements, 0 elsewhere.
    static Value hardmax(NodeContext node, Value x, int axis) {
        Value best = node.add(new ArgMax(axis, true, false), x);
        var positions = new Positions(node);
        Value along = positions.before(positions.along(x.shape().dim(axis)), x.shape().rank() - 1 - axis);
        return node.add(new Cast(x.tensor().element()), node.add(new Equal(), best, along));
    }
}
