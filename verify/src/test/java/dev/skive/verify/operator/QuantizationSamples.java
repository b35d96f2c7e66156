package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.BYTES;
import static dev.skive.verify.operator.SampleTypes.FLOAT;
import static dev.skive.verify.operator.SampleTypes.QUANTIZED;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of operators between numbers and their quantized forms, and of those on quantized numbers.
@SuppressWarnings("BadImport")
final class QuantizationSamples {
    private static final ElementType F32 = ElementType.FLOAT32;
    private static final ElementType F16 = ElementType.FLOAT16;
    private static final ImmutableSet<ElementType> WHOLE =
            QUANTIZED.stream().filter(type -> !type.isReal()).collect(ImmutableSet.toImmutableSet());
    private static final double[] SCALE = {0.05};
    private static final double[] SCALES = {0.05, 0.5, 0.25, 1};
    private static final double[] BLOCKS = {0.05, 0.5, 0.25, 1, 0.125, 2};

    private QuantizationSamples() {}

    static List<Sample> all() {
        return Stream.of(quantize(), dequantize(), products(), dynamic()).flatMap(stream -> stream).toList();
    }

    private static Stream<Sample> quantize() {
        return Stream.of(
                of("QuantizeLinear", QUANTIZED).in(F32, 3, 4).fixed(F32, SCALE).scalar(0),
                of("QuantizeLinear", BYTES).in(F32, 3, 4).fixed(F32, SCALE).scalar(3),
                of("QuantizeLinear", ImmutableSet.of(ElementType.UINT8)).in(F32, 3, 4).fixed(F32, SCALE),
                of("QuantizeLinear", QUANTIZED)
                        .in(F32, 3, 4)
                        .fixed(F32, SCALES, 4)
                        .range(0, 0)
                        .constant(4)
                        .set("axis", 1)
                        .from(13)
                        .unlikeOrt(ImmutableSet.of(ElementType.INT2, ElementType.UINT2)),
                of("QuantizeLinear", QUANTIZED).in(F16, 3, 4).fixed(F16, SCALE).scalar(0).from(19).unlikeOrt(WHOLE),
                of("QuantizeLinear", QUANTIZED)
                        .in(F32, 3, 4)
                        .fixed(F32, BLOCKS, 3, 2)
                        .range(0, 0)
                        .constant(3, 2)
                        .set("axis", 1)
                        .set("block_size", 2)
                        .from(21),
                of("QuantizeLinear", QUANTIZED)
                        .in(F32, 3, 4)
                        .fixed(F32, SCALE)
                        .from(21)
                        .nodes("y0 = QuantizeLinear(x0, x1){output_dtype=$type}"));
    }

    private static Stream<Sample> dequantize() {
        return Stream.of(
                of("DequantizeLinear", QUANTIZED).in(3, 4).fixed(F32, SCALE).scalar(0).gives(F32),
                of("DequantizeLinear", BYTES).in(3, 4).fixed(F32, SCALE).scalar(2).gives(F32),
                of("DequantizeLinear", ImmutableSet.of(ElementType.INT32)).in(3, 4).fixed(F32, SCALE).gives(F32),
                of("DequantizeLinear", QUANTIZED)
                        .in(3, 4)
                        .fixed(F32, SCALES, 4)
                        .range(0, 0)
                        .constant(4)
                        .set("axis", 1)
                        .gives(F32)
                        .from(13),
                of("DequantizeLinear", QUANTIZED).in(3, 4).fixed(F16, SCALE).gives(F16).from(19),
                of("DequantizeLinear", QUANTIZED)
                        .in(3, 4)
                        .fixed(F32, BLOCKS, 3, 2)
                        .range(0, 0)
                        .constant(3, 2)
                        .set("axis", 1)
                        .set("block_size", 2)
                        .gives(F32)
                        .from(21));
    }

    private static Stream<Sample> products() {
        return Stream.of(
                of("QLinearMatMul", BYTES)
                        .in(3, 5)
                        .fixed(F32, SCALE)
                        .scalar(1)
                        .constant(5, 4)
                        .fixed(F32, SCALES, 4)
                        .range(0, 2)
                        .constant(4)
                        .fixed(F32, SCALE)
                        .scalar(2),
                of("QLinearMatMul", BYTES)
                        .in(2, 3, 5)
                        .fixed(F32, SCALE)
                        .scalar(1)
                        .in(5, 4)
                        .fixed(F32, SCALE)
                        .scalar(1)
                        .fixed(F32, SCALE)
                        .scalar(2),
                of("MatMulInteger", BYTES).in(3, 5).in(5, 4).scalar(1).scalar(2).gives(ElementType.INT32),
                of("MatMulInteger", BYTES).in(2, 3, 5).constant(5, 4).gives(ElementType.INT32),
                of("ConvInteger", ImmutableSet.of(ElementType.UINT8))
                        .in(1, 2, 5, 5)
                        .in(3, 2, 3, 3)
                        .scalar(1)
                        .scalar(2)
                        .set("pads", new long[] {1, 1, 1, 1})
                        .gives(ElementType.INT32),
                of("QLinearConv", BYTES)
                        .in(1, 2, 5, 5)
                        .fixed(F32, SCALE)
                        .scalar(1)
                        .constant(3, 2, 3, 3)
                        .fixed(F32, SCALE)
                        .scalar(0)
                        .fixed(F32, SCALE)
                        .scalar(2)
                        .constant(ElementType.INT32, 3)
                        .set("pads", new long[] {1, 1, 1, 1}));
    }

    private static Stream<Sample> dynamic() {
        return Stream.of(
                of("DynamicQuantizeLinear", FLOAT)
                        .in(3, 17)
                        .gives(ElementType.UINT8)
                        .gives(F32)
                        .gives(ElementType.UINT8));
    }
}
