package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableMap;

/// Operators on grids of samples: images, volumes, signals.
final class SpatialOperators {
    private SpatialOperators() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Resize", new ResizeImporter())
                .put("Upsample", new ResizeImporter())
                .buildOrThrow();
    }
}
