package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import java.util.Optional;

/// Normalization of rows, of a sum with a residual if there is one.
///
/// @param origin the nodes it implements
/// @param input rows `[m, n]`
/// @param residual rows `[m, n]` added first
/// @param norm what is done
/// @param output rows `[m, n]`
public record NormKernel(Origin origin, Matrix input, Optional<Matrix> residual, Norm norm, Matrix output)
        implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        var reads = ImmutableList.<View>builder().add(input.view());
        residual.map(Matrix::view).ifPresent(reads::add);
        reads.add(norm.scale());
        norm.bias().ifPresent(reads::add);
        return reads.build();
    }

    @Override
    public View write() {
        return output.view();
    }

    @Override
    public String summary() {
        return (norm.centered() ? "LayerNorm" : "RmsNorm")
                + " of rows"
                + (residual.isPresent() ? " plus residual." : ".");
    }

    @Override
    public String verb() {
        return (residual.isPresent() ? "residual" : "") + (norm.centered() ? "LayerNorm" : "RmsNorm");
    }
}
