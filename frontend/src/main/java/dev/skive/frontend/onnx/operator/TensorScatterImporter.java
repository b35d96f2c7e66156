package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.Mod;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;

/// `TensorScatter` (opset 24): per batch an update is written along an axis from an index on, which wraps around at the
/// end in mode `circular`.
record TensorScatterImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value cache = node.operand(0);
        Value update = node.operand(1);
        Shape shape = update.shape();
        int axis = cache.shape().axis(node.attributes().integer("axis", -2));
        if (shape.rank() != cache.shape().rank() || axis == 0) {
            throw node.failure("axis %s of cache %s and update %s", axis, cache.type(), update.type());
        }
        Value index = index(node, shape, axis);
        String mode = node.attributes().text("mode", "linear");
        Value at =
                switch (mode) {
                    case "linear" -> index;
                    case "circular" -> node.add(new Mod(false), index, new Layout(node).sizeOf(cache, axis));
                    default -> throw node.failure("attribute 'mode' must be 'linear' or 'circular', found '%s'", mode);
                };
        Value everywhere = new Layout(node).expand(at, shape);
        return node.add(new ScatterElements(axis, Combination.REPLACE), cache, everywhere, update);
    }

    /// Where each element goes, with size 1 on the other axes but the first.
    private static Value index(NodeContext node, Shape shape, int axis) {
        var layout = new Layout(node);
        var positions = new Positions(node);
        var ones = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ONE));
        ones.set(axis, shape.dim(axis));
        Value along = layout.reshape(positions.along(shape.dim(axis)), Shape.of(ones));
        if (!node.has(2)) {
            return along;
        }
        var starts = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ONE));
        starts.set(0, shape.dim(0));
        Value start = layout.reshape(layout.cast(node.operand(2), ElementType.INT64), Shape.of(starts));
        return node.add(new Add(), along, start);
    }
}
