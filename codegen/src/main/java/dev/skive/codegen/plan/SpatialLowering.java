package dev.skive.codegen.plan;

import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.GridSample;
import dev.skive.ir.op.MaxRoiPool;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.RoiAlign;
import dev.skive.ir.op.Spatial;
import dev.skive.ir.type.Dim;

/// Lowers operators on grids of samples.
///
/// @param planner keeps the books
record SpatialLowering(Planner planner) {
    View lower(Node node, Spatial op) {
        return switch (op) {
            case GridSample sample -> gridSample(node, sample);
            case MaxRoiPool pool -> maxRoiPool(node, pool);
            case Resize resize -> new ResizeLowering(planner, planner.origin(node)).lower(node, resize);
            case RoiAlign align -> roiAlign(node, align);
        };
    }

    private View roiAlign(Node node, RoiAlign op) {
        Origin origin = planner.origin(node);
        View read = planner.contiguous(planner.view(node.operand(0)), origin);
        View regions = planner.contiguous(planner.view(node.operand(1)), origin);
        View numbers = planner.contiguous(planner.view(node.operand(2)), origin);
        planner.require(regions.shape().dim(0), numbers.shape().dim(0), origin);
        planner.require(regions.shape().dim(1), Dim.of(4), origin);
        return planner.add(new RoiAlignKernel(origin, op, read, regions, numbers, planner.temporary(node)));
    }

    private View maxRoiPool(Node node, MaxRoiPool op) {
        Origin origin = planner.origin(node);
        View read = planner.contiguous(planner.view(node.operand(0)), origin);
        View regions = planner.contiguous(planner.view(node.operand(1)), origin);
        planner.require(regions.shape().dim(1), Dim.of(5), origin);
        return planner.add(new MaxRoiPoolKernel(origin, op, read, regions, planner.temporary(node)));
    }

    private View gridSample(Node node, GridSample op) {
        Origin origin = planner.origin(node);
        View read = planner.contiguous(planner.view(node.operand(0)), origin);
        View grid = planner.contiguous(planner.view(node.operand(1)), origin);
        planner.require(read.shape().dim(0), grid.shape().dim(0), origin);
        planner.require(Dim.of(read.shape().rank() - 2L), grid.shape().last(), origin);
        return planner.add(new GridSampleKernel(origin, op, read, grid, planner.temporary(node)));
    }
}
