package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Determinants of square matrices.
///
/// @param origin the nodes it implements
/// @param read the matrices, contiguous
/// @param write the determinants, contiguous
public record DetKernel(Origin origin, View read, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return "Determinants of matrices " + read.shape() + ".";
    }

    @Override
    public String verb() {
        return "det";
    }
}
