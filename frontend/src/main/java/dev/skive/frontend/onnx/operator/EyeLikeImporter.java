package dev.skive.frontend.onnx.operator;

import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Equal;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// `EyeLike`: ones on a diagonal of a matrix with the sizes of the operand.
record EyeLikeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Shape shape = node.shape(0);
        if (shape.rank() != 2) {
            throw node.failure("the operand must be a matrix, found %s", node.operand(0).type());
        }
        ElementType element =
                node.attributes()
                        .integer("dtype")
                        .map(number ->
                                OnnxTypes.element(number)
                                        .orElseThrow(() -> node.failure("unknown element type %s", number)))
                        .orElseGet(() -> node.element(0));
        var positions = new Positions(node);
        Value k = positions.number(node.attributes().integer("k", 0));
        Value ones = positions.compare(new Equal(), true, shape.dim(0), shape.dim(1), k);
        return element == ElementType.BOOL ? ones : node.add(new Cast(element), ones);
    }
}
