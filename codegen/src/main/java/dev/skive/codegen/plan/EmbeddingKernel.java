package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import java.util.Optional;

/// The sum of one row per table, then a normalization.
///
/// @param origin the nodes it implements
/// @param tables `[vocabulary, width]` each
/// @param ids one view per table, all broadcast to the shape of the result without its last axis
/// @param norm normalization of the sum
/// @param write `[..., width]`, contiguous
public record EmbeddingKernel(
        Origin origin, ImmutableList<Weight> tables, ImmutableList<View> ids, Optional<Norm> norm, View write)
        implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        var reads = ImmutableList.<View>builder().addAll(ids);
        norm.map(Norm::scale).ifPresent(reads::add);
        norm.flatMap(Norm::bias).ifPresent(reads::add);
        return reads.build();
    }

    @Override
    public ImmutableList<Weight> weights() {
        return tables;
    }

    /// Elements per row.
    public int width() {
        return (int) write.shape().last().known();
    }

    @Override
    public String summary() {
        return "The sum of one row of %d elements from each of %d tables%s."
                .formatted(
                        width(), tables.size(), norm.map(n -> n.centered() ? ", LayerNorm" : ", RmsNorm").orElse(""));
    }

    @Override
    public String verb() {
        return "embed%d%s".formatted(width(), norm.map(n -> n.centered() ? "LayerNorm" : "RmsNorm").orElse(""));
    }
}
