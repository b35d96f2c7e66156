package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.ScalarExpr;

/// One formula at every position of the result; chains of elementwise operators are one loop.
///
/// @param origin the nodes it implements
/// @param name what it does, in camel case
/// @param reads the arguments, broadcast to the shape of the result
/// @param formula the formula over the arguments
/// @param write the result, contiguous
public record LoopKernel(Origin origin, String name, ImmutableList<View> reads, ScalarExpr formula, View write)
        implements Kernel {
    @Override
    public String summary() {
        return "The formula of " + name + " at every element.";
    }

    @Override
    public String verb() {
        return name;
    }
}
