package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.FLOAT;
import static dev.skive.verify.operator.SampleTypes.FLOATS;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Samples of operators of ONNX Runtime's own on real numbers: attention, normalizations, products, images, tokens; and of
/// the experiments that the standard took back.
@SuppressWarnings("BadImport")
final class RuntimeSamples {
    private static final String MS = "com.microsoft:";
    private static final ElementType F32 = ElementType.FLOAT32;
    private static final ElementType I32 = ElementType.INT32;
    private static final ElementType I64 = ElementType.INT64;
    private static final Set<ElementType> NARROW = ImmutableSet.of(F32, ElementType.FLOAT16);

    private RuntimeSamples() {}

    static List<Sample> all() {
        return Stream.of(
                        attention(), linear(), normalizations(), embeddings(), products(), simple(), images(), tokens())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> attention() {
        return Stream.of(
                of(MS + "Attention", FLOAT)
                        .in(2, 3, 5)
                        .constant(5, 24)
                        .constant(24)
                        .given(I32, new double[] {1, 1, 0, 1, 1, 1}, 2, 3)
                        .set("num_heads", 2)
                        .set("unidirectional", 1),
                of(MS + "Attention", FLOAT)
                        .in(2, 3, 5)
                        .constant(5, 24)
                        .constant(24)
                        .given(I32, new double[] {5, 4}, 2)
                        .in(2, 2, 2, 2, 4)
                        .set("num_heads", 2)
                        .gives()
                        .gives(),
                of(MS + "MultiHeadAttention", FLOAT).in(2, 3, 8).in(2, 4, 8).in(2, 4, 8).set("num_heads", 2),
                of(MS + "GroupQueryAttention", NARROW)
                        .in(2, 1, 64)
                        .in(2, 1, 32)
                        .in(2, 1, 32)
                        .in(2, 2, 4, 16)
                        .in(2, 2, 4, 16)
                        .given(I32, new double[] {3, 2}, 2)
                        .fixed(I32, new double[] {4})
                        .set("num_heads", 4)
                        .set("kv_num_heads", 2)
                        .gives()
                        .gives()
                        .gives(),
                of(MS + "RotaryEmbedding", NARROW)
                        .in(2, 3, 2, 8)
                        .given(I64, new double[] {0, 3, 1, 4}, 2, 2)
                        .constant(6, 4)
                        .constant(6, 4));
    }

    /// The standard's form of linear attention, which ONNX Runtime does not have yet, and its own.
    private static Stream<Sample> linear() {
        return Stream.of("", MS)
                .flatMap(domain ->
                        Stream.of(
                                of(domain + "LinearAttention", FLOATS)
                                        .range(-1, 1)
                                        .in(2, 3, 12)
                                        .in(2, 3, 6)
                                        .in(2, 3, 10)
                                        .set("q_num_heads", 4)
                                        .set("kv_num_heads", 2)
                                        .set("update_rule", "linear")
                                        .gives()
                                        .gives(),
                                of(domain + "LinearAttention", FLOATS)
                                        .range(-1, 0)
                                        .in(2, 3, 6)
                                        .in(2, 3, 6)
                                        .in(2, 3, 10)
                                        .in(2, 2, 3, 5)
                                        .in(2, 3, 6)
                                        .range(0, 1)
                                        .in(2, 3, 2)
                                        .set("q_num_heads", 2)
                                        .set("kv_num_heads", 2)
                                        .set("update_rule", "gated_delta")
                                        .gives()
                                        .gives(),
                                of(domain + "CausalConvWithState", FLOATS)
                                        .in(2, 4, 5)
                                        .in(4, 1, 3)
                                        .in(4)
                                        .in(2, 4, 2)
                                        .set("activation", "silu")
                                        .gives()
                                        .gives()));
    }

    private static Stream<Sample> normalizations() {
        return Stream.of(
                of(MS + "SkipLayerNormalization", FLOATS).in(2, 3, 8).in(2, 3, 8).constant(8).constant(8).constant(8),
                of(MS + "SkipSimplifiedLayerNormalization", FLOATS).in(2, 3, 8).in(2, 3, 8).constant(8),
                of(MS + "GroupNorm", FLOAT)
                        .in(2, 4, 4, 8)
                        .constant(F32, 8)
                        .constant(F32, 8)
                        .set("groups", 4)
                        .set("activation", 1),
                of(MS + "BiasSoftmax", FLOAT).in(2, 3, 4).in(1, 3, 4).set("axis", 1).set("is_inner_broadcast", 0));
    }

    private static Stream<Sample> embeddings() {
        double[] ids = {1, 0, 3, 2, 2, 1};
        return Stream.of(
                of(MS + "EmbedLayerNormalization", FLOAT)
                        .given(I32, ids, 2, 3)
                        .absent()
                        .constant(4, 8)
                        .constant(5, 8)
                        .absent()
                        .constant(8)
                        .constant(8)
                        .gives()
                        .gives(I32),
                of(MS + "WordConvEmbedding", FLOAT)
                        .given(I32, new double[] {3, 1, 2, 0, 1, 0, 0, 0, 2, 2, 2, 2}, 3, 4)
                        .constant(5, 1, 2, 3)
                        .constant(5)
                        .constant(4, 3));
    }

    private static Stream<Sample> products() {
        return Stream.of(
                of(MS + "FusedMatMul", FLOATS).in(2, 5, 3).in(2, 5, 4).set("transA", 1).real("alpha", 0.5),
                of(MS + "FusedMatMulActivation", FLOAT).in(2, 3, 5).in(2, 5, 4).set("activation", "Relu"),
                of(MS + "TransposeMatMul", FLOATS).in(3, 5).in(4, 5).set("transB", 1),
                of(MS + "FusedGemm", FLOAT).in(3, 5).in(5, 4).in(4).set("activation", "Tanh"),
                of(MS + "GemmFastGelu", FLOAT).in(2, 3, 5).in(5, 4).in(4),
                of(MS + "FusedConv", FLOAT).in(1, 2, 5, 5).in(3, 2, 3, 3).in(3).set("activation", "Relu"),
                of(MS + "Inverse", FLOATS).given(new double[] {0, 2, 1, 4, 1, 0, 1, 1, 3}, 3, 3),
                of(MS + "CDist", FLOATS).in(3, 5).in(4, 5).set("metric", "euclidean"),
                of(MS + "MoE", NARROW)
                        .in(3, 4)
                        .in(3, 5)
                        .constant(5, 12, 4)
                        .constant(5, 12)
                        .constant(5, 4, 6)
                        .constant(5, 4)
                        .set("activation_type", "swiglu")
                        .set("swiglu_fusion", 1)
                        .set("k", 2)
                        .unlikeOrt(ImmutableSet.of(ElementType.FLOAT16)));
    }

    private static Stream<Sample> simple() {
        return Stream.of(
                of(MS + "Gelu", FLOATS).in(2, 5),
                of(MS + "FastGelu", FLOATS).in(2, 5).in(5),
                of(MS + "BiasGelu", FLOATS).in(2, 5).in(5),
                of(MS + "QuickGelu", FLOATS).in(2, 5).real("alpha", 1.5),
                of(MS + "BiasAdd", FLOAT).in(2, 3, 4).in(4).in(2, 3, 4),
                of(MS + "BiasDropout", FLOAT).in(2, 3).in(3).in(2, 3).gives().gives(ElementType.BOOL),
                of(MS + "ComplexMul", FLOAT).in(2, 3, 2).in(3, 2),
                of(MS + "ComplexMulConj", FLOAT).in(2, 3, 2).in(3, 2),
                of(MS + "IsAllFinite", FLOAT).given(1, Double.NaN, 2).gives(ElementType.BOOL),
                of(MS + "SampleOp", FLOAT).in(2, 3),
                of(MS + "ExpandDims", FLOAT).in(2, 3).fixed(I32, new double[] {1}),
                of(MS + "Pad", FLOATS).in(2, 3).longs(0, 1, 1, 0).scalar(2),
                of(MS + "Range", Set.of(F32, I32, I64, ElementType.FLOAT64)).scalar(1).scalar(9).scalar(2),
                of(MS + "Trilu", FLOATS).in(3, 4).set("upper", 0),
                of(MS + "GatherND", FLOAT).in(3, 4).indices(new long[] {0, 1, 2, 3}, 2, 2),
                of("Affine", FLOAT).in(2, 3).real("alpha", 2).real("beta", 0.5),
                of("Scale", FLOAT).in(2, 3).real("scale", 2),
                of("ScaledTanh", FLOAT).in(2, 3).real("alpha", 2).real("beta", 0.5),
                of("ParametricSoftplus", FLOAT).in(2, 3).real("alpha", 2).real("beta", 0.5),
                of("DynamicSlice", FLOAT).in(4, 5).indices(new long[] {1}, 1).indices(new long[] {3}, 1));
    }

    private static Stream<Sample> images() {
        return Stream.of(
                of("Crop", FLOAT).in(1, 2, 5, 6).set("border", new long[] {1, 0, 2, 1}),
                of("ImageScaler", FLOAT).in(1, 2, 3, 4).real("scale", 2).reals("bias", 0.5f, -1),
                of(MS + "GridSample", FLOAT).in(1, 2, 4, 5).range(-1, 1).in(1, 3, 2, 2),
                of(MS + "UnfoldTensor", FLOAT).in(2, 7).set("dim", 1).set("size", 3).set("step", 2),
                of(MS + "CropAndResize", FLOAT)
                        .in(2, 3, 5, 6)
                        .range(-0.2, 1.2)
                        .in(4, 4)
                        .given(I32, new double[] {0, 1, 1, 0}, 4)
                        .fixed(I32, new double[] {3, 2}, 2),
                of(MS + "ConvTransposeWithDynamicPads", FLOAT)
                        .in(1, 2, 4, 3)
                        .constant(2, 3, 3, 3)
                        .indices(new long[] {1, 0, 0, 1}, 4)
                        .set("strides", new long[] {2, 2}));
    }

    private static Stream<Sample> tokens() {
        return Stream.of(
                of(MS + "NGramRepeatBlock", FLOAT)
                        .indices(new long[] {1, 2, 1, 2, 0, 0, 0, 3}, 2, 4)
                        .in(2, 5)
                        .set("ngram_size", 2)
                        .nodes("y0 = com.microsoft:NGramRepeatBlock(x0, x1){ngram_size=2}"),
                of(MS + "BifurcationDetector", Set.of(I64))
                        .given(4, 5, 6, 5, 7)
                        .given(1, 2)
                        .given(1)
                        .given(5, 6, 9, 9, 9)
                        .set("min_ngram_size", 1)
                        .set("max_ngram_size", 2)
                        .gives()
                        .gives(),
                of(MS + "Unique", FLOAT).given(2, 1, 2, 3, 1).gives().gives(I64).gives(I64),
                of(MS + "MurmurHash3", Set.of(I32, I64, ElementType.UINT32, ElementType.UINT64))
                        .in(2, 3)
                        .set("seed", 7)
                        .gives(ElementType.UINT32));
    }
}
