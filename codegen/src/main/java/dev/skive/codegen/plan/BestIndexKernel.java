package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// The index of the greatest or least element of each row.
///
/// @param origin the nodes it implements
/// @param greatest whether the greatest is looked for
/// @param last whether the last of equal elements is chosen
/// @param read the operand, the searched axis last
/// @param write the result, contiguous, without the searched axis
public record BestIndexKernel(Origin origin, boolean greatest, boolean last, View read, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return "The index of the " + (greatest ? "greatest" : "least") + " element of each row.";
    }

    @Override
    public String verb() {
        return greatest ? "argMax" : "argMin";
    }
}
