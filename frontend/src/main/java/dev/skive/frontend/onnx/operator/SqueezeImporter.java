package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.DynamicSqueeze;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.stream.IntStream;

/// `Squeeze`: axes are an attribute before opset 13 and an operand since; without axes, those known to have size 1.
record SqueezeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Shape shape = node.shape(0);
        if (node.has(1) && node.knownNumbers(1).isEmpty()) {
            int left = Math.max(0, shape.rank() - node.count(node.operand(1)));
            var op = new DynamicSqueeze(node.freshSizes("squeezed", left));
            return node.addDynamic(op, node.operand(0), node.operand(1)).getFirst();
        }
        var axes =
                node.numbers("axes", 1)
                        .map(list -> list.stream().map(shape::axis).toList())
                        .orElseGet(() ->
                                IntStream.range(0, shape.rank())
                                        .filter(axis -> shape.dim(axis).is(1))
                                        .boxed()
                                        .toList());
        var dims = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(shape.dim(axis));
            } else if (shape.dim(axis).differsFrom(Dim.ONE)) {
                throw node.failure("axis %s of %s cannot be squeezed, its size is not 1", axis, shape);
            }
        }
        return node.add(new Reshape(dims.build()), node.operand(0));
    }
}
