package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Contraction;
import dev.skive.ir.op.DataMovement;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.GatherElements;
import dev.skive.ir.op.GatherNd;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMulInteger;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Reduction;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.ScatterNd;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Source;
import dev.skive.ir.op.Spatial;
import dev.skive.ir.op.Structured;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Windowed;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;

/// Lowers single nodes: views where no element has to move, kernels where something is computed.
///
/// @param planner keeps the books
record Lowering(Planner planner) {
    View lower(Node node) {
        if (node.contents().isPresent()) {
            View target = planner.temporary(node);
            return planner.add(new SizesKernel(planner.origin(node), node.contents().get(), target));
        }
        return switch (node.op()) {
            case Elementwise op -> planner.loop(node);
            case Reduction op -> reduction(node, op);
            case MatMulInteger op -> product(node, difference(node, 0), difference(node, 1));
            case Contraction op -> product(node, planner.view(node.operand(0)), planner.view(node.operand(1)));
            case DataMovement op -> movement(node, op);
            case Recurrent op -> new RecurrentLowering(planner, node, op).lower();
            case Spatial op -> new SpatialLowering(planner).lower(node, op);
            case Structured op -> new StructuredLowering(planner).lower(node, op);
            case Windowed op -> new WindowedLowering(planner).lower(node, op);
            case Source op -> throw new AssertionError("sources are not lowered: " + node);
            case Dynamic op -> throw new AssertionError("not part of what is compiled: " + node);
        };
    }

    private View movement(Node node, DataMovement op) {
        Origin origin = planner.origin(node);
        return switch (op) {
            case Reshape(var dims) -> {
                View view = planner.view(node.operand(0));
                planner.require(view.shape().elementCount(), new Shape(dims).elementCount(), origin);
                yield planner.reshape(view, new Shape(dims), origin);
            }
            case Transpose(var perm) -> planner.view(node.operand(0)).transpose(perm);
            case Slice(var starts, var sizes, var steps) -> planner.view(node.operand(0)).slice(starts, sizes, steps);
            case Expand expand -> planner.broadcast(planner.view(node.operand(0)), node.result().shape(), origin);
            case Concat(int axis) -> concat(node, axis);
            case Gather(int axis) -> gather(node, axis);
            case GatherElements(int axis) -> new IndexedLowering(planner).gatherElements(node, axis);
            case GatherNd(int batchDims) -> new IndexedLowering(planner).gatherTuples(node, batchDims);
            case Pad pad -> new IndexedLowering(planner).pad(node, pad);
            case ScatterElements scatter -> new IndexedLowering(planner).scatterElements(node, scatter);
            case ScatterNd scatter -> new IndexedLowering(planner).scatterTuples(node, scatter);
            case Range range ->
                    planner.add(
                            new RangeKernel(
                                    origin,
                                    planner.view(node.operand(0)),
                                    planner.view(node.operand(1)),
                                    planner.temporary(node)));
            case ShapeOf shape -> throw new AssertionError("the sizes of a shape are always known: " + node);
        };
    }

    private View gather(Node node, int axis) {
        Origin origin = planner.origin(node);
        View data = planner.view(node.operand(0));
        Value indices = node.operand(1);
        Dim size = data.shape().dim(axis);
        if (indices.constant().isPresent() && indices.shape().rank() == 0) {
            long index = indices.constant().get().getLong(0);
            Slice slice = Slice.along(data.shape(), axis, index < 0 ? size.plus(index) : Dim.of(index), Dim.ONE);
            View picked = data.slice(slice.starts(), slice.sizes(), slice.steps());
            return planner.reshape(picked, node.result().shape(), origin);
        }
        return planner.add(
                new GatherKernel(
                        origin,
                        axis,
                        data,
                        planner.contiguous(planner.view(indices), origin),
                        planner.temporary(node)));
    }

    private View concat(Node node, int axis) {
        Origin origin = planner.origin(node);
        View target = planner.temporary(node);
        Dim start = Dim.ZERO;
        for (Value operand : node.operands()) {
            View part = planner.view(operand);
            Slice slice = Slice.along(target.shape(), axis, start, part.shape().dim(axis));
            for (int i = 0; i < part.shape().rank(); i++) {
                planner.require(part.shape().dim(i), slice.sizes().get(i), origin);
            }
            View place = target.slice(slice.starts(), slice.sizes(), slice.steps());
            planner.add(new CopyKernel(origin, part, place));
            start = start.plus(part.shape().dim(axis));
        }
        return target;
    }

    private View reduction(Node node, Reduction op) {
        View view = planner.view(node.operand(0));
        var order = new ArrayList<Integer>();
        for (int axis = 0; axis < view.shape().rank(); axis++) {
            if (!op.axes().contains(axis)) {
                order.add(axis);
            }
        }
        order.addAll(op.axes());
        View target = planner.temporary(node);
        View moved = view.transpose(order);
        Shape kept = moved.shape().slice(0, order.size() - op.axes().size());
        View flat = target.reshape(kept).orElseThrow(AssertionError::new);
        planner.add(new ReductionKernel(planner.origin(node), op, moved, op.axes().size(), flat));
        return target;
    }

    /// An operand of an integer product less its zero point.
    private View difference(Node node, int operand) {
        Origin origin = planner.origin(node);
        View x = planner.view(node.operand(operand));
        ImmutableList<View> reads =
                ImmutableList.of(x, planner.broadcast(planner.view(node.operand(operand + 2)), x.shape(), origin));
        ScalarExpr difference =
                ScalarExpr.apply(ScalarFunction.SUBTRACT, ScalarExpr.argument(0), ScalarExpr.argument(1));
        View target = planner.temporary(new TensorType(ElementType.INT32, x.shape()), x.buffer().name());
        return planner.add(new LoopKernel(origin, "difference", reads, difference, target));
    }

    private View product(Node node, View left, View right) {
        Origin origin = planner.origin(node);
        planner.require(left.shape().last(), right.shape().dim(right.shape().rank() == 1 ? 0 : -2), origin);
        Shape result = node.result().shape();
        View target = planner.temporary(node);
        View leftMatrix = left.shape().rank() == 1 ? withAxis(left, 0) : left;
        View rightMatrix = right.shape().rank() == 1 ? withAxis(right, 1) : right;
        Shape full = result;
        if (left.shape().rank() == 1) {
            int at = right.shape().rank() == 1 ? result.rank() : result.rank() - 1;
            full = full.slice(0, at).concat(Shape.of(1)).concat(full.slice(at, full.rank()));
        }
        full = right.shape().rank() == 1 ? full.concat(Shape.of(1)) : full;
        Shape batch = full.slice(0, full.rank() - 2);
        Shape leftShape = batch.concat(Shape.of(leftMatrix.shape().dim(-2), leftMatrix.shape().last()));
        Shape rightShape = batch.concat(Shape.of(rightMatrix.shape().dim(-2), rightMatrix.shape().last()));
        planner.add(
                new BatchedProductKernel(
                        origin,
                        planner.broadcast(leftMatrix, leftShape, origin),
                        planner.broadcast(rightMatrix, rightShape, origin),
                        target.reshape(full).orElseThrow(AssertionError::new)));
        boolean biased = node.op() instanceof Linear && node.operands().size() > 2;
        return biased ? plus(target, planner.view(node.operand(2)), node) : target;
    }

    private View plus(View left, View right, Node node) {
        Origin origin = planner.origin(node);
        ScalarExpr sum = ScalarExpr.apply(ScalarFunction.ADD, ScalarExpr.argument(0), ScalarExpr.argument(1));
        View target = planner.temporary(node);
        return planner.add(
                new LoopKernel(
                        origin,
                        "add",
                        ImmutableList.of(left, planner.broadcast(right, left.shape(), origin)),
                        sum,
                        target));
    }

    private static View withAxis(View view, int axis) {
        var dims = new ArrayList<>(view.shape().dims());
        var strides = new ArrayList<>(view.strides());
        dims.add(axis, Dim.ONE);
        strides.add(axis, Dim.ONE);
        return new View(view.buffer(), view.offset(), Shape.of(dims), ImmutableList.copyOf(strides));
    }
}
