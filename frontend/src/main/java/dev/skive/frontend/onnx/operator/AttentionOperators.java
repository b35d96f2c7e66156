package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableMap;

/// Attention and what stands around it in transformers: normalizations of rows, positions as angles, caches.
final class AttentionOperators {
    private AttentionOperators() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Attention", new AttentionImporter())
                .put("LayerNormalization", new LayerNormalizationImporter(true))
                .put("LinearAttention", new LinearAttentionImporter())
                .put("RMSNormalization", new LayerNormalizationImporter(false))
                .put("RotaryEmbedding", new RotaryImporter(true))
                // ORT keeps this one of its own in the standard domain.
                .put("SimplifiedLayerNormalization", new LayerNormalizationImporter(false))
                .put("TensorScatter", new TensorScatterImporter())
                .put("com.microsoft.LinearAttention", new LinearAttentionImporter())
                .buildOrThrow();
    }
}
