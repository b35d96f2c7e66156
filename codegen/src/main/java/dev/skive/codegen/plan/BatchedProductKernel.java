package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// A product of two tensors of which neither is a constant matrix.
///
/// @param origin the nodes it implements
/// @param left `[batch..., m, k]`, broadcast
/// @param right `[batch..., k, n]`, broadcast
/// @param write `[batch..., m, n]`, contiguous
public record BatchedProductKernel(Origin origin, View left, View right, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(left, right);
    }

    @Override
    public String summary() {
        return "Matrix products " + left.shape() + " x " + right.shape() + ".";
    }

    @Override
    public String verb() {
        return "batchedProduct";
    }
}
