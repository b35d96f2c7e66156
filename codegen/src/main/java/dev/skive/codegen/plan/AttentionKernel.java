package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Attention;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// Scaled dot-product attention over heads side by side, a block of score rows at a time.
///
/// @param origin the nodes it implements
/// @param op heads and scale
/// @param query `[batch, queries, queryHeads*size]`, the last axis consecutive
/// @param key `[batch, keys, keyHeads*size]`, the last axis consecutive
/// @param value `[batch, keys, keyHeads*valueSize]`, the last axis consecutive
/// @param mask `[batch, queryHeads, queries, keys]`, with strides of 0 where it is broadcast
/// @param write `[batch, queries, queryHeads*valueSize]`, contiguous
public record AttentionKernel(
        Origin origin, Attention op, View query, View key, View value, Optional<View> mask, View write)
        implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        var reads = ImmutableList.<View>builder().add(query, key, value);
        mask.ifPresent(reads::add);
        return reads.build();
    }

    /// True for float32.
    public boolean isFloat() {
        return query.element() == ElementType.FLOAT32;
    }

    /// Elements of one head of queries and keys.
    public int headSize() {
        return (int) (query.shape().last().known() / op.queryHeads());
    }

    /// Elements of one head of values.
    public int valueSize() {
        return (int) (value.shape().last().known() / op.keyHeads());
    }

    @Override
    public String summary() {
        return "softmax(%s * Q K^T%s) V for %d heads of %d, a block of queries at a time."
                .formatted((float) op.scale(), mask.isPresent() ? " + mask" : "", op.queryHeads(), headSize());
    }

    @Override
    public String verb() {
        return "attention%dHeadsOf%d%s".formatted(op.queryHeads(), headSize(), mask.isPresent() ? "Masked" : "");
    }
}
