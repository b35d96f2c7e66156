package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.Windowed;
import java.util.Locale;

/// Pooling of each channel.
///
/// @param origin the nodes it implements
/// @param op what is made of a window; an operator with windows over channels
/// @param pooling the windows
/// @param read the operand `[n, c, ...]`, contiguous
/// @param write the result, contiguous
public record PoolKernel(Origin origin, Windowed op, Pooling pooling, View read, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return op.mnemonic() + " over windows of " + pooling.kernel() + ".";
    }

    @Override
    public String verb() {
        String name = op.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
