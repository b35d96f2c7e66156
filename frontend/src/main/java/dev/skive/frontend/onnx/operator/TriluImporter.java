package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// `Trilu`: a triangle of the last two axes, zero elsewhere.
record TriluImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Shape shape = x.shape();
        if (shape.rank() < 2) {
            throw node.failure("the operand must have two axes or more, found %s", x.type());
        }
        var positions = new Positions(node);
        Value k = node.optional(1).map(positions::scalar).orElseGet(() -> positions.number(0));
        boolean upper = node.attributes().flag("upper", true);
        Value mask = positions.triangle(upper, shape.dim(-2), shape.dim(-1), k);
        return x.tensor().element() == ElementType.BOOL
                ? node.add(new And(), x, mask)
                : node.add(new Where(), mask, x, node.scalar(x, 0));
    }
}
