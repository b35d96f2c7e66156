package dev.skive.codegen.plan;

import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.ScatterNd;
import java.util.Collections;

/// Lowers padding, and operators that read or write elements whose places are data.
///
/// @param planner keeps the books
record IndexedLowering(Planner planner) {
    /// A constant is put everywhere first, then the operand into its midst.
    View pad(Node node, Pad op) {
        Origin origin = planner.origin(node);
        View read = planner.view(node.operand(0));
        View target = planner.temporary(node);
        if (op.mode() != Pad.Mode.CONSTANT) {
            return planner.add(new PadKernel(origin, op, read, target));
        }
        View value = planner.view(node.operand(1)).expand(target.shape());
        planner.add(new CopyKernel(origin, value, target));
        var steps = Collections.nCopies(read.shape().rank(), 1L);
        planner.add(new CopyKernel(origin, read, target.slice(op.before(), read.shape().dims(), steps)));
        return target;
    }

    View gatherElements(Node node, int axis) {
        View data = planner.view(node.operand(0));
        View indices = contiguous(node, 1);
        return planner.add(
                new GatherElementsKernel(planner.origin(node), axis, data, indices, planner.temporary(node)));
    }

    View gatherTuples(Node node, int batchDims) {
        Origin origin = planner.origin(node);
        View data = planner.view(node.operand(0));
        View indices = contiguous(node, 1);
        for (int axis = 0; axis < batchDims; axis++) {
            planner.require(data.shape().dim(axis), indices.shape().dim(axis), origin);
        }
        return planner.add(new GatherTuplesKernel(origin, batchDims, data, indices, planner.temporary(node)));
    }

    View scatterElements(Node node, ScatterElements op) {
        Origin origin = planner.origin(node);
        View indices = contiguous(node, 1);
        View updates = contiguous(node, 2);
        for (int axis = 0; axis < indices.shape().rank(); axis++) {
            planner.require(indices.shape().dim(axis), updates.shape().dim(axis), origin);
        }
        return planner.add(new ScatterElementsKernel(origin, op, indices, updates, copied(node)));
    }

    View scatterTuples(Node node, ScatterNd op) {
        Origin origin = planner.origin(node);
        View indices = contiguous(node, 1);
        View updates = contiguous(node, 2);
        for (int axis = 0; axis < indices.shape().rank() - 1; axis++) {
            planner.require(indices.shape().dim(axis), updates.shape().dim(axis), origin);
        }
        for (int axis = indices.shape().rank() - 1; axis < updates.shape().rank(); axis++) {
            int inData = axis - updates.shape().rank();
            planner.require(node.result().shape().dim(inData), updates.shape().dim(axis), origin);
        }
        return planner.add(new ScatterTuplesKernel(origin, op, indices, updates, copied(node)));
    }

    /// A copy of operand 0 to write into.
    private View copied(Node node) {
        View target = planner.temporary(node);
        return planner.add(new CopyKernel(planner.origin(node), planner.view(node.operand(0)), target));
    }

    private View contiguous(Node node, int index) {
        Value operand = node.operand(index);
        return planner.contiguous(planner.view(operand), planner.origin(node));
    }
}
