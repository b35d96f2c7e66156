package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import java.util.Locale;
import java.util.stream.Collectors;

/// A convolution over a frame, then an epilogue.
///
/// @param origin the nodes it implements
/// @param frame how the operand lies
/// @param groups groups of channels
/// @param input the frame, contiguous
/// @param factors weight and bias
/// @param epilogue what follows
/// @param write the result `[n, m, ...]`, contiguous
public record ConvKernel(
        Origin origin, Frame frame, long groups, View input, Factors factors, Epilogue epilogue, View write)
        implements Kernel {
    /// The weight and the bias. The bias is added to complete sums: where it is large and the sum takes it back, as after a
    /// normalization was merged in, sums that started with it would carry its rounding error along.
    ///
    /// @param weight `[m, c / groups, k...]`, contiguous
    /// @param bias one element per channel of the result
    public record Factors(View weight, View bias) {}

    /// The weight.
    public View weight() {
        return factors.weight();
    }

    /// The bias.
    public View bias() {
        return factors.bias();
    }

    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.<View>builder().add(input, weight(), bias()).addAll(epilogue.reads()).build();
    }

    @Override
    public String summary() {
        return "Convolution with a weight %s in %d groups%s."
                .formatted(weight().shape(), groups, epilogue.isEmpty() ? "" : ", then " + epilogue.name());
    }

    @Override
    public String verb() {
        String sizes =
                weight().shape().dims().stream()
                        .map(dim -> dim.isKnown() ? dim.toString() : "n")
                        .collect(Collectors.joining("x"));
        String name = epilogue.name();
        return "conv"
                + sizes
                + (name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    }
}
