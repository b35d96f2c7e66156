package dev.skive.codegen.plan;

import dev.skive.ir.graph.Node;
import dev.skive.ir.op.CumProd;
import dev.skive.ir.op.CumSum;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Lowers operators that go along one axis, as kernels on rows.
///
/// @param planner keeps the books
record AxisLowering(Planner planner) {
    View bestIndex(Node node, boolean greatest, boolean last, int axis) {
        View rows = planner.view(node.operand(0));
        rows = rows.transpose(toLast(axis, rows.shape().rank()));
        Shape kept = rows.shape().slice(0, rows.shape().rank() - 1);
        View target = planner.temporary(node);
        View flat = target.reshape(kept).orElseThrow(AssertionError::new);
        planner.add(new BestIndexKernel(planner.origin(node), greatest, last, rows, flat));
        return target;
    }

    View runningSum(Node node, CumSum op) {
        return running(node, op.axis(), false, op.exclusive(), op.reverse());
    }

    View runningProduct(Node node, CumProd op) {
        return running(node, op.axis(), true, op.exclusive(), op.reverse());
    }

    private View running(Node node, int axis, boolean product, boolean exclusive, boolean reverse) {
        View read = planner.view(node.operand(0));
        View target = planner.temporary(node);
        List<Integer> order = toLast(axis, read.shape().rank());
        planner.add(
                new RunningSumKernel(
                        planner.origin(node),
                        product,
                        exclusive,
                        reverse,
                        read.transpose(order),
                        target.transpose(order)));
        return target;
    }

    private static List<Integer> toLast(int axis, int rank) {
        var order = new ArrayList<>(IntStream.range(0, rank).filter(i -> i != axis).boxed().toList());
        order.add(axis);
        return order;
    }
}
