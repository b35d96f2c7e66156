package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;

/// `Tile`: an axis of size 1 before each repeated one is expanded and then joined with it.
record TileImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        ImmutableList<Dim> repeats = node.sizes(1);
        if (repeats.size() != x.shape().rank()) {
            throw node.failure("repeats %s must have one entry per axis of %s", repeats, x.shape());
        }
        var apart = ImmutableList.<Dim>builder();
        var repeated = ImmutableList.<Dim>builder();
        var joined = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < repeats.size(); axis++) {
            Dim size = x.shape().dim(axis);
            apart.add(Dim.ONE, size);
            repeated.add(repeats.get(axis), size);
            joined.add(size.times(repeats.get(axis)));
        }
        Value expanded = node.add(new Expand(repeated.build()), node.add(new Reshape(apart.build()), x));
        return node.add(new Reshape(joined.build()), expanded);
    }
}
