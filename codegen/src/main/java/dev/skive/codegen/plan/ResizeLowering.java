package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Optional;

/// Lowers resizing to one kernel per axis, from the last to the first, with tables of what counts for each sample that are
/// made once per run. Sums of 16-bit floats are float32, sums of integers float64.
///
/// @param planner keeps the books
/// @param origin where the kernels come from
record ResizeLowering(Planner planner, Origin origin) {
    View lower(Node node, Resize op) {
        View view = planner.view(node.operand(0));
        ElementType element = view.element();
        ElementType sums = op.filter() instanceof ResizeFilter.Nearest ? element : sums(element);
        view = sums == element ? view : converted(view, sums, ScalarExpr.argument(0));
        for (Resize.Axis axis : op.axes().reverse()) {
            view = resized(view, op, axis);
        }
        if (op.coordinates() == Resize.Coordinates.CROP) {
            for (Resize.Axis axis : op.axes()) {
                var before =
                        new ResizedAxis(op.coordinates(), op.filter(), axis, node.operand(0).shape().dim(axis.axis()));
                planner.add(new ResizeFillKernel(origin, before, op.outside(), parts(view, axis.axis())));
            }
        }
        return sums == element ? view : converted(view, element, stored(op, element));
    }

    private static ElementType sums(ElementType element) {
        if (element == ElementType.FLOAT64 || !element.isReal()) {
            return ElementType.FLOAT64;
        }
        return ElementType.FLOAT32;
    }

    private View converted(View view, ElementType element, ScalarExpr formula) {
        View target = planner.temporary(new TensorType(element, view.shape()), view.buffer().name());
        return planner.add(new LoopKernel(origin, "to" + element, ImmutableList.of(view), formula, target));
    }

    private static ScalarExpr stored(Resize op, ElementType element) {
        ScalarExpr sum = ScalarExpr.argument(0);
        if (element.isReal()) {
            return sum;
        }
        if (op.filter().isAntialiased()) {
            ScalarExpr moved = ScalarExpr.apply(ScalarFunction.ADD, sum, ScalarExpr.literal(0.5));
            sum = ScalarExpr.apply(ScalarFunction.FLOOR, moved);
        }
        ScalarExpr least = ScalarExpr.literal(Resize.leastOf(element));
        ScalarExpr most = ScalarExpr.literal(Resize.mostOf(element));
        ScalarExpr within =
                ScalarExpr.apply(ScalarFunction.MINIMUM, ScalarExpr.apply(ScalarFunction.MAXIMUM, sum, least), most);
        return new ScalarExpr.Convert(element, within);
    }

    private View resized(View operand, Resize op, Resize.Axis axis) {
        View read = planner.contiguous(operand, origin);
        var resized = new ResizedAxis(op.coordinates(), op.filter(), axis, read.shape().dim(axis.axis()));
        Shape table = Shape.of(resized.count().times(resized.taps()));
        View indices = planner.temporary(new TensorType(ElementType.INT32, table), "places");
        planner.add(new ResizePlacesKernel(origin, resized, indices));
        Optional<View> weights = Optional.empty();
        if (!(op.filter() instanceof ResizeFilter.Nearest)) {
            View room = planner.temporary(new TensorType(read.element(), table), "weights");
            weights = Optional.of(planner.add(new ResizeWeightsKernel(origin, resized, room)));
        }
        var dims = new ArrayList<>(read.shape().dims());
        dims.set(axis.axis(), resized.count());
        View write = planner.temporary(new TensorType(read.element(), Shape.of(dims)), read.buffer().name());
        planner.add(
                new ResizeKernel(
                        origin, parts(read, axis.axis()), indices, weights, resized.taps(), parts(write, axis.axis())));
        return write;
    }

    /// What is before an axis, the axis, and what is after it.
    private static View parts(View view, int axis) {
        Shape shape = view.shape();
        Shape parts =
                Shape.of(
                        shape.slice(0, axis).elementCount(),
                        shape.dim(axis),
                        shape.slice(axis + 1, shape.rank()).elementCount());
        return view.reshape(parts).orElseThrow(AssertionError::new);
    }
}
