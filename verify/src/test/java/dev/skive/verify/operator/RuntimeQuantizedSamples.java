package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.BYTES;
import static dev.skive.verify.operator.SampleTypes.FLOAT;

import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Samples of operators of ONNX Runtime's own on quantized numbers.
@SuppressWarnings("BadImport")
final class RuntimeQuantizedSamples {
    private static final String MS = "com.microsoft:";
    private static final ElementType F32 = ElementType.FLOAT32;
    private static final ElementType U8 = ElementType.UINT8;
    private static final ElementType I32 = ElementType.INT32;
    private static final double[] SCALE = {0.05};
    private static final double[] WIDE = {0.11};

    private RuntimeQuantizedSamples() {}

    static List<Sample> all() {
        return Stream.of(converted(), elementwise(), pooled(), products(), codes(), transformers())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> converted() {
        Set<ElementType> types = Set.of(U8, ElementType.INT8, ElementType.UINT16, ElementType.INT16);
        return Stream.of(
                of(MS + "QuantizeLinear", types).in(F32, 3, 4).fixed(F32, SCALE).scalar(3),
                of(MS + "DequantizeLinear", types).in(3, 4).fixed(F32, SCALE).scalar(3).gives(F32));
    }

    /// An operand with its scale and zero point.
    private static Sample quantized(Sample sample, double zero, long... sizes) {
        return sample.in(sizes).fixed(F32, SCALE).scalar(zero);
    }

    /// The scale and zero point of the result.
    private static Sample result(Sample sample) {
        return sample.fixed(F32, WIDE).scalar(1);
    }

    private static Stream<Sample> elementwise() {
        return Stream.of(
                result(quantized(quantized(of(MS + "QLinearAdd", BYTES), 1, 2, 3), 2, 3)),
                result(quantized(quantized(of(MS + "QLinearMul", BYTES), 1, 2, 3), 2, 3)),
                result(quantized(of(MS + "QLinearLeakyRelu", BYTES), 1, 2, 3)).real("alpha", 0.1),
                result(quantized(of(MS + "QLinearSigmoid", BYTES), 1, 2, 3)),
                result(quantized(of(MS + "QLinearSoftmax", BYTES), 1, 2, 3)).set("axis", 1).set("opset", 13),
                result(
                        quantized(
                                quantized(
                                        of(MS + "QLinearWhere", BYTES).given(ElementType.BOOL, new double[] {1, 0}, 2),
                                        1,
                                        2),
                                2,
                                2)),
                quantized(quantized(of(MS + "QLinearConcat", BYTES).fixed(F32, WIDE).scalar(1), 1, 2, 3), 2, 2, 1)
                        .set("axis", 1),
                of(MS + "MulInteger", BYTES).in(2, 3).scalar(1).in(3).scalar(2).gives(I32),
                of(MS + "ReduceSumInteger", Set.of(ElementType.INT8))
                        .in(2, 3)
                        .set("axes", new long[] {1})
                        .set("keepdims", 0)
                        .gives(I32));
    }

    private static Stream<Sample> pooled() {
        return Stream.of(
                result(quantized(of(MS + "QLinearAveragePool", BYTES), 1, 1, 2, 4, 4))
                        .set("kernel_shape", new long[] {2, 2}),
                result(quantized(of(MS + "QLinearGlobalAveragePool", BYTES), 1, 1, 2, 3, 3)),
                result(quantized(of(MS + "QLinearReduceMean", BYTES), 1, 2, 3))
                        .set("axes", new long[] {1})
                        .set("keepdims", 1),
                of(MS + "NhwcMaxPool", BYTES).in(1, 4, 4, 2).set("kernel_shape", new long[] {2, 2}));
    }

    private static Stream<Sample> products() {
        Set<ElementType> bytes = Set.of(U8);
        return Stream.of(
                of(MS + "MatMulIntegerToFloat", bytes)
                        .in(3, 5)
                        .in(5, 4)
                        .fixed(F32, SCALE)
                        .fixed(F32, WIDE)
                        .scalar(1)
                        .scalar(2)
                        .constant(F32, 4)
                        .gives(F32),
                of(MS + "DynamicQuantizeMatMul", bytes)
                        .in(F32, 3, 5)
                        .constant(5, 4)
                        .fixed(F32, WIDE)
                        .scalar(2)
                        .gives(F32),
                of(MS + "MatMulInteger16", Set.of(ElementType.INT16)).in(3, 5).in(5, 4).gives(I32),
                of(MS + "QGemm", bytes)
                        .in(3, 5)
                        .fixed(F32, SCALE)
                        .scalar(1)
                        .in(5, 4)
                        .fixed(F32, WIDE)
                        .scalar(2)
                        .absent()
                        .fixed(F32, WIDE)
                        .scalar(3),
                of(MS + "QLinearConv", bytes)
                        .in(1, 4, 4, 2)
                        .fixed(F32, SCALE)
                        .scalar(1)
                        .constant(3, 2, 2, 2)
                        .fixed(F32, WIDE)
                        .scalar(0)
                        .fixed(F32, WIDE)
                        .scalar(1)
                        .set("channels_last", 1));
    }

    private static Stream<Sample> codes() {
        return Stream.of(
                of(MS + "MatMulNBits", FLOAT)
                        .in(3, 32)
                        .range(0, 255)
                        .constant(U8, 4, 2, 8)
                        .range(0.01, 0.1)
                        .constant(8)
                        .set("K", 32)
                        .set("N", 4)
                        .set("bits", 4)
                        .set("block_size", 16),
                of(MS + "MatMulBnb4", FLOAT)
                        .in(3, 16)
                        .range(0, 255)
                        .in(U8, 32)
                        .range(0.1, 1)
                        .in(4)
                        .set("K", 16)
                        .set("N", 4)
                        .set("quant_type", 1)
                        .set("block_size", 16),
                of(MS + "MatMulFpQ4", FLOAT)
                        .in(3, 32)
                        .range(0, 60)
                        .constant(U8, 60)
                        .longs(32, 3)
                        .set("blk_quant_type", 0),
                of(MS + "GatherBlockQuantized", Set.of(U8))
                        .range(0, 255)
                        .constant(5, 16)
                        .indices(new long[] {0, 4, 2}, 3)
                        .range(0.01, 0.1)
                        .constant(F32, 5, 1)
                        .set("block_size", 16)
                        .set("gather_axis", 0)
                        .set("quantize_axis", 1)
                        .set("bits", 8)
                        .gives(F32));
    }

    private static Stream<Sample> transformers() {
        return Stream.of(
                quantizedLstm(),
                of(MS + "QAttention", BYTES)
                        .range(0, 100)
                        .in(U8, 2, 3, 5)
                        .constant(5, 24)
                        .constant(F32, 24)
                        .fixed(F32, new double[] {0.01})
                        .fixed(F32, new double[] {0.002})
                        .given(I32, new double[] {3, 2}, 2)
                        .fixed(U8, new double[] {7})
                        .scalar(3)
                        .set("num_heads", 2)
                        .gives(F32),
                of(MS + "QEmbedLayerNormalization", BYTES)
                        .given(I32, new double[] {1, 0, 3, 2, 2, 1}, 2, 3)
                        .absent()
                        .range(0, 100)
                        .constant(4, 8)
                        .constant(5, 8)
                        .absent()
                        .constant(8)
                        .constant(8)
                        .absent()
                        .fixed(F32, SCALE)
                        .fixed(F32, SCALE)
                        .absent()
                        .fixed(F32, SCALE)
                        .fixed(F32, SCALE)
                        .scalar(1)
                        .scalar(2)
                        .absent()
                        .scalar(3)
                        .scalar(4)
                        .gives(F32)
                        .gives(I32));
    }

    private static Sample quantizedLstm() {
        return of(MS + "DynamicQuantizeLSTM", BYTES)
                .in(F32, 3, 2, 5)
                .range(0, 100)
                .constant(1, 5, 12)
                .constant(1, 3, 12)
                .absent()
                .absent()
                .absent()
                .absent()
                .absent()
                .fixed(F32, new double[] {0.01}, 1)
                .given(new double[] {0}, 1)
                .fixed(F32, new double[] {0.01}, 1)
                .given(new double[] {0}, 1)
                .set("direction", "reverse")
                .set("hidden_size", 3)
                .gives(F32)
                .gives(F32)
                .gives(F32);
    }
}
