package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.CumSum;

/// Running sums of each row.
///
/// @param origin the nodes it implements
/// @param op which elements are summed
/// @param read the operand, the summed axis last
/// @param write the result, of the same shape
public record RunningSumKernel(Origin origin, CumSum op, View read, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return "Running sums of each row.";
    }

    @Override
    public String verb() {
        return "cumSum";
    }
}
