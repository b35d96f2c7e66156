package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableMap;

/// Operators on grids of samples: images, volumes, signals; sums of products; losses.
final class SpatialOperators {
    private SpatialOperators() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Einsum", new EinsumImporter())
                .put("NegativeLogLikelihoodLoss", single(LossImporters::negativeLogLikelihood))
                .put("Resize", new ResizeImporter())
                .put("SoftmaxCrossEntropyLoss", LossImporters::softmaxCrossEntropy)
                .put("Upsample", new ResizeImporter())
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }
}
