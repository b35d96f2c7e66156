package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.ALL;
import static dev.skive.verify.operator.SampleTypes.FLOAT;
import static dev.skive.verify.operator.SampleTypes.NUMBERS;
import static dev.skive.verify.operator.SampleTypes.REALS;

import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of operators that sort and select, and of the newest operators.
@SuppressWarnings("BadImport")
final class ChoiceSamples {
    private ChoiceSamples() {}

    static List<Sample> all() {
        return Stream.of(choices(), boxes(), newest()).flatMap(stream -> stream).toList();
    }

    private static Stream<Sample> choices() {
        ElementType i64 = ElementType.INT64;
        return Stream.of(
                of("TopK", REALS).in(3, 7).set("k", 3).gives().gives(i64).until(9),
                of("TopK", NUMBERS).in(3, 7).longs(3).gives().gives(i64).from(10),
                of("TopK", NUMBERS).in(3, 7).longs(2).set("largest", 0).set("axis", 0).gives().gives(i64).from(11),
                of("NonZero", ALL).given(new double[] {1, 0, 0, 1, 1, 0}, 2, 3).gives(i64),
                of("Unique", ALL).in(9).gives().gives(i64).gives(i64).gives(i64),
                of("Unique", ALL).in(4, 2).set("axis", 0).gives().gives(i64).gives(i64).gives(i64),
                of("Unique", ALL).in(9).set("sorted", 0).gives().gives(i64).gives(i64).gives(i64),
                of("CumProd", NUMBERS).in(3, 4).number(1),
                of("CumProd", NUMBERS).in(3, 4).number(0).set("exclusive", 1).set("reverse", 1));
    }

    private static Stream<Sample> boxes() {
        double[] boxes = {0, 0, 1, 1, 0, 0.1, 1, 1.1, 0, -0.1, 1, 0.9, 0, 10, 1, 11, 0, 10.1, 1, 11.1, 0, 100, 1, 101};
        return Stream.of(
                of("NonMaxSuppression", FLOAT)
                        .given(boxes, 1, 6, 4)
                        .given(new double[] {0.9, 0.75, 0.6, 0.95, 0.5, 0.3}, 1, 1, 6)
                        .longs(3)
                        .scalar(0.5)
                        .scalar(0)
                        .gives(ElementType.INT64));
    }

    private static Stream<Sample> newest() {
        return Stream.of(
                of("TensorScatter", ALL).in(2, 2, 6, 4).in(2, 2, 2, 4).indices(new long[] {1, 3}, 2),
                of("TensorScatter", ALL)
                        .in(2, 2, 6, 4)
                        .in(2, 2, 3, 4)
                        .indices(new long[] {1, 5}, 2)
                        .set("mode", "circular"),
                of("RotaryEmbedding", REALS)
                        .in(2, 2, 3, 8)
                        .in(10, 4)
                        .in(10, 4)
                        .indices(new long[] {0, 1, 2, 4, 5, 9}, 2, 3),
                of("RotaryEmbedding", REALS)
                        .in(2, 3, 16)
                        .in(2, 3, 4)
                        .in(2, 3, 4)
                        .absent()
                        .set("num_heads", 2)
                        .set("interleaved", 1),
                bits(ElementType.FLOAT32, ElementType.INT32, ElementType.UINT32),
                bits(ElementType.INT32, ElementType.FLOAT32, ElementType.UINT32),
                bits(ElementType.FLOAT64, ElementType.INT64, ElementType.UINT64),
                bits(ElementType.INT64, ElementType.FLOAT64, ElementType.UINT64),
                bits(ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.INT16, ElementType.UINT16),
                bits(ElementType.INT16, ElementType.FLOAT16, ElementType.BFLOAT16),
                bits(ElementType.UINT8, ElementType.INT8, ElementType.BOOL, ElementType.FLOAT8E5M2),
                bits(ElementType.FLOAT8E4M3FN, ElementType.INT8, ElementType.UINT8),
                bits(ElementType.UINT4, ElementType.INT4),
                bits(ElementType.INT4, ElementType.UINT4, ElementType.FLOAT4E2M1));
    }

    /// The bits of some types read as another.
    private static Sample bits(ElementType to, ElementType... from) {
        return of("BitCast", ImmutableSet.copyOf(from)).in(2, 3).set("to", OnnxTypes.number(to)).gives(to);
    }
}
