package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableMap;

/// Operators on grids of samples: images, volumes, signals; sums of products; losses.
final class SpatialOperators {
    private SpatialOperators() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("AffineGrid", single(GridImporters::affineGrid))
                .put("BlackmanWindow", SignalImporters.window(0.42, 0.5, 0.08))
                .put("Col2Im", new Col2ImImporter())
                .put("DFT", single(SignalImporters::fourier))
                .put("Einsum", new EinsumImporter())
                .put("GridSample", single(GridImporters::gridSample))
                .put("HammingWindow", SignalImporters.window(25.0 / 46, 21.0 / 46))
                .put("HannWindow", SignalImporters.window(0.5, 0.5))
                .put("MaxRoiPool", single(RegionImporters::maxRoiPool))
                .put("MelWeightMatrix", single(SignalImporters::mel))
                .put("NegativeLogLikelihoodLoss", single(LossImporters::negativeLogLikelihood))
                .put("Resize", new ResizeImporter())
                .put("RoiAlign", single(RegionImporters::roiAlign))
                .put("STFT", single(SignalImporters::frames))
                .put("SoftmaxCrossEntropyLoss", LossImporters::softmaxCrossEntropy)
                .put("Upsample", new ResizeImporter())
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }
}
