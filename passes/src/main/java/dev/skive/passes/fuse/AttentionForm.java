package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;

/// Attention as exporters spell it out, over values of the old graph.
///
/// @param queries `[batch, heads, queries, size]`
/// @param keys transposed, `[batch, heads, size, keys]`
/// @param values `[batch, heads, keys, valueSize]`
/// @param masks what is put on the scores, in order
/// @param scale factor of the scores
/// @param nodes every operator it is made of
record AttentionForm(
        Scaled queries, Scaled keys, Value values, ImmutableList<Mask> masks, double scale, ImmutableSet<Node> nodes) {
    /// Number of heads.
    int heads() {
        return Math.toIntExact(values.shape().dim(1).known());
    }
}
