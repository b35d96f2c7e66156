package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.ALL;
import static dev.skive.verify.operator.SampleTypes.INTEGERS;
import static dev.skive.verify.operator.SampleTypes.NUMBERS;
import static dev.skive.verify.operator.SampleTypes.REALS;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of operators that fold axes, and of those with a structure of their own.
@SuppressWarnings("BadImport")
final class ReductionSamples {
    private static final ImmutableList<String> REDUCTIONS =
            ImmutableList.of(
                    "ReduceL1",
                    "ReduceL2",
                    "ReduceLogSum",
                    "ReduceLogSumExp",
                    "ReduceMax",
                    "ReduceMean",
                    "ReduceMin",
                    "ReduceProd",
                    "ReduceSum",
                    "ReduceSumSquare");

    private ReductionSamples() {}

    static List<Sample> all() {
        return Stream.of(reductions(), positions(), products(), normalizations(), attention())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> reductions() {
        return REDUCTIONS.stream()
                .flatMap(name -> {
                    ImmutableSet<ElementType> unlike = name.equals("ReduceLogSumExp") ? INTEGERS : ImmutableSet.of();
                    int operandSince = name.equals("ReduceSum") ? 13 : 18;
                    return Stream.of(
                                    of(name, ALL)
                                            .range(1, 4)
                                            .in(2, 3, 5)
                                            .set("axes", new long[] {0, -1})
                                            .until(operandSince - 1),
                                    of(name, ALL)
                                            .range(1, 4)
                                            .in(2, 3, 5)
                                            .longs(0, -1)
                                            .set("keepdims", 0)
                                            .from(operandSince),
                                    of(name, ALL).range(1, 2).in(2, 3, 2))
                            .map(sample -> sample.unlikeOrt(unlike));
                });
    }

    private static Stream<Sample> positions() {
        return Stream.of(
                of("ArgMax", NUMBERS).in(3, 7).set("axis", 1).gives(ElementType.INT64),
                of("ArgMin", NUMBERS).in(3, 7).set("axis", 0).set("keepdims", 0).gives(ElementType.INT64),
                of("ArgMax", NUMBERS)
                        .in(3, 7)
                        .set("axis", 1)
                        .set("select_last_index", 1)
                        .gives(ElementType.INT64)
                        .from(12),
                of("ArgMin", NUMBERS)
                        .in(3, 7)
                        .set("axis", 1)
                        .set("select_last_index", 1)
                        .gives(ElementType.INT64)
                        .from(12),
                of("CumSum", NUMBERS).in(3, 7).number(1),
                of("CumSum", NUMBERS).in(3, 7).number(0).set("exclusive", 1).set("reverse", 1),
                of("Hardmax", REALS).in(2, 3, 5),
                of("LogSoftmax", REALS).in(2, 3, 5),
                of("Softmax", REALS).in(2, 3, 5),
                of("Softmax", REALS).in(2, 3, 5).set("axis", 2));
    }

    private static Stream<Sample> products() {
        return Stream.of(
                of("MatMul", NUMBERS).in(2, 3, 5).in(5, 4),
                of("MatMul", REALS).in(2, 3, 5).constant(5, 20),
                of("MatMul", REALS).in(5).in(2, 5, 4),
                of("Gemm", NUMBERS).in(3, 5).in(5, 4).in(4),
                of("Gemm", REALS)
                        .in(5, 3)
                        .constant(20, 5)
                        .constant(20)
                        .set("transA", 1)
                        .set("transB", 1)
                        .real("alpha", 0.5)
                        .real("beta", 2));
    }

    private static Stream<Sample> normalizations() {
        return Stream.of(
                of("LayerNormalization", REALS).in(2, 3, 8).constant(8).constant(8),
                of("LayerNormalization", REALS).in(2, 3, 8).constant(3, 8).set("axis", 1),
                of("LpNormalization", REALS).in(2, 3, 5),
                of("LpNormalization", REALS).in(2, 3, 5).set("p", 1).set("axis", 1),
                of("MeanVarianceNormalization", REALS).in(2, 3, 4, 5),
                of("RMSNormalization", REALS).in(2, 3, 8).constant(8),
                of("com.microsoft:SkipLayerNormalization", REALS).in(2, 3, 8).in(2, 3, 8).constant(8).constant(8),
                of("com.microsoft:SkipSimplifiedLayerNormalization", REALS).in(2, 3, 8).in(2, 3, 8).constant(8));
    }

    private static Stream<Sample> attention() {
        return Stream.of(
                of("Attention", REALS).in(2, 2, 3, 4).in(2, 2, 5, 4).in(2, 2, 5, 4),
                of("Attention", REALS)
                        .in(2, 3, 8)
                        .in(2, 5, 8)
                        .in(2, 5, 8)
                        .set("q_num_heads", 2)
                        .set("kv_num_heads", 2));
    }
}
