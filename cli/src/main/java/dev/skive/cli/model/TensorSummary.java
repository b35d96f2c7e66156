package dev.skive.cli.model;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;

/// A tensor in a few numbers.
///
/// @param name its name
/// @param type its type, `f32[1,16,384]` for example
/// @param minimum smallest element
/// @param maximum largest element
/// @param mean mean of all elements
/// @param first the first few elements
public record TensorSummary(
        String name, String type, double minimum, double maximum, double mean, ImmutableList<Double> first) {
    private static final int FIRST = 4;

    /// The summary of a tensor of numbers.
    public static TensorSummary of(String name, Tensor tensor) {
        double[] values =
                tensor.element().isReal()
                        ? tensor.reals()
                        : Arrays.stream(tensor.integers()).asDoubleStream().toArray();
        DoubleSummaryStatistics all = Arrays.stream(values).summaryStatistics();
        return new TensorSummary(
                name,
                tensor.toString(),
                all.getMin(),
                all.getMax(),
                all.getAverage(),
                Arrays.stream(values).limit(FIRST).boxed().collect(ImmutableList.toImmutableList()));
    }
}
