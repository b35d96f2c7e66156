package dev.skive.frontend.onnx.export;

import dev.skive.ir.op.Resize;
import dev.skive.ir.op.Spatial;

/// Operators on grids of samples.
final class SpatialExport {
    private SpatialExport() {}

    static String write(Spatial op, NodeWriter writer) {
        return switch (op) {
            case Resize resize -> ResizeExport.write(resize, writer);
        };
    }
}
