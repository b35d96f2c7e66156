package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Reduction;

/// Folds some axes of a view.
///
/// @param origin the nodes it implements
/// @param op what is folded, and how
/// @param read the operand, folded axes last
/// @param folded how many of its last axes are folded
/// @param write the result, contiguous, without the folded axes
public record ReductionKernel(Origin origin, Reduction op, View read, int folded, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return op.getClass().getSimpleName() + " of the last " + folded + " axes of " + read.shape() + ".";
    }

    @Override
    public String verb() {
        String mnemonic = op.getClass().getSimpleName();
        return Character.toLowerCase(mnemonic.charAt(0)) + mnemonic.substring(1);
    }
}
