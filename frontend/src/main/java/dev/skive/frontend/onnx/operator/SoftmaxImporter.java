package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.type.Shape;

/// `Softmax`: along one axis since opset 13, over all axes from `axis` on before.
record SoftmaxImporter() implements NodeImporter.Single {
    private static final int ONE_AXIS = 13;

    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Shape shape = x.shape();
        int axis = shape.axis(node.attributes().integer("axis", node.opset() < ONE_AXIS ? 1 : -1));
        if (node.opset() >= ONE_AXIS || axis == shape.rank() - 1) {
            return node.add(new Softmax(axis), x);
        }
        Shape row = Shape.of(shape.slice(axis, shape.rank()).elementCount());
        Value rows = node.add(new Reshape(shape.slice(0, axis).concat(row).dims()), x);
        return node.add(new Reshape(shape.dims()), node.add(new Softmax(axis), rows));
    }
}
