package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.ConvTranspose;

/// A transposed convolution.
///
/// @param origin the nodes it implements
/// @param op how the kernel moves
/// @param input `[n, c, ...]`, contiguous
/// @param weight `[c, m / groups, k...]`, contiguous
/// @param bias one element per channel of the result
/// @param write the result `[n, m, ...]`, contiguous
public record ConvTransposeKernel(Origin origin, ConvTranspose op, View input, View weight, View bias, View write)
        implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(input, weight, bias);
    }

    @Override
    public String summary() {
        return "Transposed convolution with a weight " + weight.shape() + " in " + op.groups() + " groups.";
    }

    @Override
    public String verb() {
        return "convTranspose";
    }
}
