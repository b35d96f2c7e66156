package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// `Flatten`: the axes before `axis` become one, and so do those from it on.
record FlattenImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Shape shape = node.shape(0);
        long axis = node.attributes().integer("axis", 1);
        int at = axis == shape.rank() ? shape.rank() : shape.axis(axis);
        Dim rows = shape.slice(0, at).elementCount();
        Dim columns = shape.slice(at, shape.rank()).elementCount();
        return node.add(new Reshape(ImmutableList.of(rows, columns)), node.operand(0));
    }
}
