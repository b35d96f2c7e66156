package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// `OneHot`: along a new axis the second of two values where the position is the index, else the first.
record OneHotImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Shape shape = node.shape(0);
        var positions = new Positions(node);
        long asked = node.attributes().integer("axis", -1);
        int axis = (int) (asked < 0 ? asked + shape.rank() + 1 : asked);
        if (axis < 0 || axis > shape.rank()) {
            throw node.failure("axis %s is outside a result of rank %s", asked, shape.rank() + 1);
        }
        Value depth = positions.scalar(Term.operand(node, 1).as(ElementType.INT64).value());
        Dim size = depth(node);
        Term index = Term.operand(node, 0).as(ElementType.INT64);
        Term counted = index.isLess(0).choose(index.plus(new Term(node, depth)), index);
        Shape split = shape.slice(0, axis).concat(Shape.of(1)).concat(shape.slice(axis, shape.rank()));
        Value apart = node.add(new Reshape(split.dims()), counted.value());
        Value hot = node.add(new Equal(), apart, positions.before(positions.along(size), shape.rank() - axis));
        return node.add(new Where(), hot, value(node, 1), value(node, 0));
    }

    private static Dim depth(NodeContext node) {
        if (node.element(1).isReal()) {
            return ConstantFolding.fold(node.operand(1))
                    .map(data -> Dim.of((long) data.getDouble(0)))
                    .orElseGet(() ->
                            node.extents(Term.operand(node, 1).as(ElementType.INT64).value(), "depth").getFirst());
        }
        return node.sizes(1).getFirst();
    }

    private static Value value(NodeContext node, long index) {
        return node.add(new Gather(0), node.operand(2), new Positions(node).number(index));
    }
}
