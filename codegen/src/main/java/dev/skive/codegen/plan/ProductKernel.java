package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Elementwise;
import java.util.Optional;
import java.util.stream.Stream;

/// Rows of `input` times a constant matrix, then in this order: plus bias, times scale, plus shift, activation, plus residual, normalization.
///
/// @param origin the nodes it implements
/// @param input rows `[m, k]`
/// @param weight the matrix `[k, n]`
/// @param bias one summand per column, zeros when there is none
/// @param scale one factor per column
/// @param shift one summand per column, with a scale only
/// @param activation an operator of one operand
/// @param residual rows `[m, n]` added before the normalization
/// @param norm normalization of the result's rows
/// @param output rows `[m, n]`
public record ProductKernel(
        Origin origin,
        Matrix input,
        Weight weight,
        View bias,
        Optional<View> scale,
        Optional<View> shift,
        Optional<Elementwise> activation,
        Optional<Matrix> residual,
        Optional<Norm> norm,
        Matrix output)
        implements Kernel {
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
                        Stream.of(input.view(), bias),
                        scale.stream(),
                        shift.stream(),
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
    public String summary() {
        return "Rows of %d elements times a weight [%d, %d] plus bias%s%s%s%s%s."
                .formatted(
                        depth(),
                        depth(),
                        width(),
                        scale.isPresent() ? ", times scale" : "",
                        shift.isPresent() ? ", plus shift" : "",
                        activation.map(op -> ", " + op.getClass().getSimpleName()).orElse(""),
                        residual.isPresent() ? ", plus residual" : "",
                        norm.map(n -> n.centered() ? ", LayerNorm" : ", RmsNorm").orElse(""));
    }

    @Override
    public String verb() {
        return "product%dx%d%s%s%s%s"
                .formatted(
                        depth(),
                        width(),
                        scale.isEmpty() ? "" : shift.isPresent() ? "ScaleShift" : "Scale",
                        activation.map(op -> op.getClass().getSimpleName()).orElse(""),
                        residual.isPresent() ? "Residual" : "",
                        norm.map(n -> n.centered() ? "LayerNorm" : "RmsNorm").orElse(""));
    }
}
