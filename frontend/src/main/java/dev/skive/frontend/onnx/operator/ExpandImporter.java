package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.DynamicExpand;
import dev.skive.ir.op.Expand;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;

/// `Expand`: the shape is an operand.
record ExpandImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        return node.knownSizes(1)
                .map(sizes -> node.add(new Expand(sizes), node.operand(0)))
                .orElseGet(() -> told(node));
    }

    /// Where a run tells the shape, axes that are known to be longer than 1 keep their size.
    private static Value told(NodeContext node) {
        Shape own = node.shape(0);
        int rank = Math.max(own.rank(), node.count(node.operand(1)));
        var sizes = new ArrayList<>(node.freshSizes("expanded", rank));
        for (int axis = 0; axis < own.rank(); axis++) {
            Dim size = own.dim(axis);
            if (size.isKnown() && !size.is(1)) {
                sizes.set(rank - own.rank() + axis, size);
            }
        }
        var op = new DynamicExpand(ImmutableList.copyOf(sizes));
        return node.addDynamic(op, node.operand(0), node.operand(1)).getFirst();
    }
}
