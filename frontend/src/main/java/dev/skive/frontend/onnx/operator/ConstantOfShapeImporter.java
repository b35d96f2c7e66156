package dev.skive.frontend.onnx.operator;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.type.ElementType;

/// `ConstantOfShape`: one element, float 0 unless given, repeated.
record ConstantOfShapeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        TensorData value =
                node.attributes()
                        .tensor("value")
                        .map(node.tensors()::read)
                        .orElseGet(() -> TensorData.scalar(ElementType.FLOAT32, 0));
        if (value.count() != 1) {
            throw node.failure("attribute 'value' must have one element, found %s", value);
        }
        return node.add(new Expand(node.sizes(0)), node.constant(value.reshape()));
    }
}
