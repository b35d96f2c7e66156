package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.DynamicReshape;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `Reshape`: 0 copies a size (unless `allowzero`), -1 is what is left over.
record ReshapeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        boolean zeroIsSize = node.attributes().flag("allowzero", false);
        Shape shape = node.shape(0);
        Optional<ImmutableList<Dim>> known = node.knownSizes(1);
        if (known.isEmpty()) {
            var op = new DynamicReshape(node.freshSizes("reshaped", node.count(node.operand(1))), zeroIsSize);
            return node.addDynamic(op, node.operand(0), node.operand(1)).getFirst();
        }
        var dims = new ArrayList<>(known.get());
        int open = -1;
        for (int axis = 0; axis < dims.size(); axis++) {
            Dim dim = dims.get(axis);
            if (dim.is(-1)) {
                if (open >= 0) {
                    throw node.failure("the shape %s has more than one -1", dims);
                }
                open = axis;
            } else if (dim.isKnown() && dim.known() < 0) {
                throw node.failure("the shape %s has a negative size", dims);
            } else if (dim.is(0) && !zeroIsSize) {
                if (axis >= shape.rank()) {
                    throw node.failure("the shape %s copies axis %s, but the operand has shape %s", dims, axis, shape);
                }
                dims.set(axis, shape.dim(axis));
            }
        }
        if (open >= 0) {
            dims.set(open, rest(node, shape, dims, open));
        }
        return node.add(new Reshape(ImmutableList.copyOf(dims)), node.operand(0));
    }

    private static Dim rest(NodeContext node, Shape shape, List<Dim> dims, int open) {
        Dim others = Dim.ONE;
        for (int axis = 0; axis < dims.size(); axis++) {
            others = axis == open ? others : others.times(dims.get(axis));
        }
        if (others.is(0)) {
            throw node.failure("-1 beside a size of 0 in the shape %s is not defined", dims);
        }
        Dim rest = shape.elementCount().floorDivide(others);
        if (rest.times(others).differsFrom(shape.elementCount())) {
            throw node.failure("%s elements of %s do not fit the shape %s", shape.elementCount(), shape, dims);
        }
        return rest;
    }
}
