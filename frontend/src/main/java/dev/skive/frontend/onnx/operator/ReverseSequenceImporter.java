package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.stream.IntStream;

/// `ReverseSequence`: the first elements of each sequence in reverse, as a look-up of rows.
record ReverseSequenceImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        long batchAxis = node.attributes().integer("batch_axis", 1);
        long timeAxis = node.attributes().integer("time_axis", 0);
        if (Math.min(batchAxis, timeAxis) != 0 || Math.max(batchAxis, timeAxis) != 1 || node.shape(0).rank() < 2) {
            throw node.failure("batch axis %s and time axis %s must be 0 and 1", batchAxis, timeAxis);
        }
        Value x = batchAxis == 0 ? node.operand(0) : swapped(node, node.operand(0));
        Shape shape = x.shape();
        Shape rest = shape.slice(2, shape.rank());
        Shape rows = Shape.of(shape.dim(0).times(shape.dim(1)), rest.elementCount());
        Value table = node.add(new Reshape(rows.dims()), x);
        Value found = node.add(new Gather(0), table, rows(node, x));
        Value result = node.add(new Reshape(shape.dims()), found);
        return batchAxis == 0 ? result : swapped(node, result);
    }

    private static Value swapped(NodeContext node, Value x) {
        var perm = new ArrayList<>(IntStream.range(0, x.shape().rank()).boxed().toList());
        Collections.swap(perm, 0, 1);
        return node.add(new Transpose(ImmutableList.copyOf(perm)), x);
    }

    /// For each sequence and time the row of `[batch * time, ...]` that stands there.
    private static Value rows(NodeContext node, Value x) {
        var positions = new Positions(node);
        Term time = new Term(node, positions.along(x.shape().dim(1)));
        Value lengths = Term.operand(node, 1).as(ElementType.INT64).value();
        Term length = new Term(node, positions.before(lengths, 1));
        Term reversed = length.minus(1).minus(time);
        Value duration = positions.scalar(node.add(new ShapeOf(1, 2), x));
        Value first = node.add(new Mul(), positions.along(x.shape().dim(0)), duration);
        Term from = time.isLess(length).choose(reversed, time);
        return from.plus(new Term(node, positions.before(first, 1))).value();
    }
}
