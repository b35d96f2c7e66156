package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Pad;

/// A tensor with elements of its own put around it.
///
/// @param origin the nodes it implements
/// @param op what is put where; not a constant
/// @param read the operand
/// @param write the result, contiguous
public record PadKernel(Origin origin, Pad op, View read, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return "Pads a tensor of shape " + read.shape() + " with elements of its own.";
    }

    @Override
    public String verb() {
        return "pad";
    }
}
