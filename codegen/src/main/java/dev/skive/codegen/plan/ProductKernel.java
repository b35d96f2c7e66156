package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.ScalarExpr;
import java.util.Optional;
import java.util.stream.Stream;

/// Rows of `input` times a constant matrix, then in this order: plus bias, activation, plus residual, normalization.
///
/// @param origin the nodes it implements
/// @param input rows `[m, k]`
/// @param weight the matrix `[k, n]`
/// @param bias one summand per column
/// @param activation applied to each element (argument 0)
/// @param residual rows `[m, n]` added before the normalization
/// @param norm normalization of the result's rows
/// @param output rows `[m, n]`
public record ProductKernel(
        Origin origin,
        Matrix input,
        Weight weight,
        Optional<View> bias,
        Optional<Activation> activation,
        Optional<Matrix> residual,
        Optional<Norm> norm,
        Matrix output)
        implements Kernel {
    /// A function of one element.
    ///
    /// @param name for method names, `Gelu`
    /// @param expression the formula over argument 0
    public record Activation(String name, ScalarExpr expression) {}

    /// Length of the sums.
    public int depth() {
        return (int) weight.data().sizes()[0];
    }

    /// Number of columns of the result.
    public int width() {
        return (int) weight.data().sizes()[1];
    }

    @Override
    public ImmutableList<View> reads() {
        return Streams.concat(
                        Stream.of(input.view()),
                        bias.stream(),
                        residual.stream().map(Matrix::view),
                        norm.stream().map(Norm::scale),
                        norm.flatMap(Norm::bias).stream())
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public View write() {
        return output.view();
    }

    @Override
    public ImmutableList<Weight> weights() {
        return ImmutableList.of(weight);
    }

    @Override
    public String verb() {
        return "product%dx%d%s%s%s"
                .formatted(
                        depth(),
                        width(),
                        activation.map(Activation::name).orElse(""),
                        residual.isPresent() ? "Residual" : "",
                        norm.map(n -> n.centered() ? "LayerNorm" : "RmsNorm").orElse(""));
    }
}
