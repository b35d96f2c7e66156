package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.op.Gelu;

/// Operators of the domain `com.microsoft`, which ORT's optimizer writes into models it saves.
final class OrtOperators {
    private static final String DOMAIN = "com.microsoft.";

    private OrtOperators() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .putAll(transformers())
                .putAll(normalizations())
                .putAll(products())
                .putAll(tokens())
                .put(DOMAIN + "BiasAdd", single(OrtElementwise::biasAdd))
                .put(DOMAIN + "BiasDropout", OrtElementwise::biasDropout)
                .put(DOMAIN + "BiasGelu", new BiasGeluImporter(Gelu.Form.ERF))
                .put(DOMAIN + "BiasSoftmax", single(OrtElementwise::biasSoftmax))
                .put(DOMAIN + "CDist", single(OrtElementwise::cdist))
                .put(DOMAIN + "ComplexMul", single(node -> OrtElementwise.complexProduct(node, false)))
                .put(DOMAIN + "ComplexMulConj", single(node -> OrtElementwise.complexProduct(node, true)))
                .put(DOMAIN + "ConvTransposeWithDynamicPads", single(OrtSpatial::transposeWithPads))
                .put(DOMAIN + "CropAndResize", single(OrtSpatial::cropAndResize))
                .put(DOMAIN + "DynamicQuantizeLSTM", new DynamicQuantizeLstm())
                .put(DOMAIN + "ExpandDims", single(OrtElementwise::expandDims))
                .put(DOMAIN + "FastGelu", new BiasGeluImporter(Gelu.Form.TANH))
                .put(DOMAIN + "GatherND", single(IndexedImporters::gatherNd))
                .put(DOMAIN + "Gelu", new GeluImporter())
                .put(DOMAIN + "Inverse", single(new Inverse()))
                .put(DOMAIN + "IsAllFinite", single(OrtElementwise::isAllFinite))
                .put(DOMAIN + "Pad", new PadImporter())
                .put(DOMAIN + "QuickGelu", single(Activations::quickGelu))
                .put(DOMAIN + "Range", new RangeImporter())
                .put(DOMAIN + "ReduceSumInteger", single(OrtElementwise::reduceSumInteger))
                .put(DOMAIN + "SampleOp", single(node -> node.operand(0)))
                .put(DOMAIN + "Trilu", new TriluImporter())
                .put(DOMAIN + "WordConvEmbedding", single(OrtSpatial::words))
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> products() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put(DOMAIN + "FusedGemm", single(FusedProducts::gemm))
                .put(DOMAIN + "FusedMatMul", single(FusedProducts::matMul))
                .put(DOMAIN + "FusedMatMulActivation", single(FusedProducts::matMulActivation))
                .put(DOMAIN + "GemmFastGelu", single(FusedProducts::gemmFastGelu))
                .put(DOMAIN + "MatMulBnb4", single(BlockProducts::bnb4))
                .put(DOMAIN + "MatMulFpQ4", single(BlockProducts::fpQ4))
                .put(DOMAIN + "MatMulInteger16", single(QuantizedProducts::matMulInteger16))
                .put(DOMAIN + "MoE", single(new MixtureOfExperts()))
                .put(DOMAIN + "MulInteger", single(OrtElementwise::mulInteger))
                .put(DOMAIN + "TransposeMatMul", single(FusedProducts::matMul))
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> tokens() {
        return ImmutableMap.of(
                DOMAIN + "BifurcationDetector",
                TokenOperators::bifurcation,
                DOMAIN + "NGramRepeatBlock",
                single(TokenOperators::blockRepeats),
                DOMAIN + "Unique",
                TokenOperators::unique);
    }

    private static ImmutableMap<String, NodeImporter> transformers() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put(DOMAIN + "Attention", new OrtAttention(false))
                .put(DOMAIN + "EmbedLayerNormalization", new EmbedLayerNormalizationImporter(false))
                .put(DOMAIN + "GroupQueryAttention", new GroupQueryAttentionImporter())
                .put(DOMAIN + "MultiHeadAttention", new MultiHeadAttentionImporter())
                .put(DOMAIN + "QAttention", new OrtAttention(true))
                .put(DOMAIN + "QEmbedLayerNormalization", new EmbedLayerNormalizationImporter(true))
                .put(DOMAIN + "RotaryEmbedding", new RotaryImporter(false))
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> normalizations() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put(DOMAIN + "GroupNorm", new OrtGroupNorm(false))
                .put(DOMAIN + "LayerNormalization", new LayerNormalizationImporter(true))
                .put(DOMAIN + "SimplifiedLayerNormalization", new LayerNormalizationImporter(false))
                .put(DOMAIN + "SkipGroupNorm", new OrtGroupNorm(true))
                .put(DOMAIN + "SkipLayerNormalization", new SkipNormalizationImporter(true))
                .put(DOMAIN + "SkipSimplifiedLayerNormalization", new SkipNormalizationImporter(false))
                .buildOrThrow();
    }

    /// An importer that is a function.
    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }
}
