package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.DynamicUnsqueeze;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.TreeSet;

/// `Unsqueeze`: axes are an attribute before opset 13 and an operand since, counted in the result.
record UnsqueezeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Shape shape = node.shape(0);
        if (node.has(1) && node.knownNumbers(1).isEmpty()) {
            int more = shape.rank() + node.count(node.operand(1));
            var op = new DynamicUnsqueeze(node.freshSizes("unsqueezed", more));
            return node.addDynamic(op, node.operand(0), node.operand(1)).getFirst();
        }
        ImmutableList<Long> axes = node.numbers("axes", 1).orElseThrow(() -> node.failure("axes are missing"));
        int rank = shape.rank() + axes.size();
        var added = new TreeSet<Integer>();
        for (long axis : axes) {
            boolean inside = axis >= -rank && axis < rank;
            if (!inside || !added.add((int) (axis < 0 ? axis + rank : axis))) {
                throw node.failure("axes %s are not distinct axes of a result of rank %s", axes, rank);
            }
        }
        var old = shape.dims().iterator();
        var dims = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < rank; axis++) {
            dims.add(added.contains(axis) ? Dim.ONE : old.next());
        }
        return node.add(new Reshape(dims.build()), node.operand(0));
    }
}
