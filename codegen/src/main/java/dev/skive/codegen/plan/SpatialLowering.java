package dev.skive.codegen.plan;

import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.Spatial;

/// Lowers operators on grids of samples.
///
/// @param planner keeps the books
record SpatialLowering(Planner planner) {
    View lower(Node node, Spatial op) {
        return switch (op) {
            case Resize resize -> new ResizeLowering(planner, planner.origin(node)).lower(node, resize);
        };
    }
}
