package dev.skive.passes.depth;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.Contract;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.residual.BlockKind;

/// Drops the attention and MLP blocks of the longest residual stream that change it least, with their norms.
///
/// **Transforms**: `y = add(x, attention-or-mlp(norm(x)))`
/// **Into**: `y = x`
/// **Needs**: norms-fused, linears-fused, attention-fused; calibration data.
/// **Contract**: approximate; the metric that is checked is the user's.
/// **Source**: He et al., "What Matters in Transformers? Not All Attention is Needed", joint drop.
/// **Leaves out**: measuring again after each drop.
///
/// @param count how many to drop
/// @param tokens the positions over which similarity is averaged
public record DropSublayers(int count, Tokens tokens) implements Pass {
    /// Checks the count.
    public DropSublayers {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative, found " + count);
        }
    }

    /// Drops one, judged over all positions.
    public DropSublayers() {
        this(1, Tokens.ALL);
    }

    @Override
    public Contract contract() {
        return Contract.Approximate.BY_USER;
    }

    @Override
    public ImmutableSet<Fact> requires() {
        return SublayerDrop.REQUIRED;
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        return new SublayerDrop(this, ImmutableSet.of(BlockKind.ATTENTION, BlockKind.MLP), count, tokens)
                .run(graph, context);
    }
}
