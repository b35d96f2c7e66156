package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Running sums or products of each row.
///
/// @param origin the nodes it implements
/// @param product whether elements are multiplied instead of added
/// @param exclusive whether the element itself is left out
/// @param reverse whether the last element is the first
/// @param read the operand, the axis in question last
/// @param write the result, of the same shape
public record RunningSumKernel(
        Origin origin, boolean product, boolean exclusive, boolean reverse, View read, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return product ? "Running products of each row." : "Running sums of each row.";
    }

    @Override
    public String verb() {
        return product ? "cumProd" : "cumSum";
    }
}
