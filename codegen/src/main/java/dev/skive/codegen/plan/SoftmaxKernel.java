package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// Softmax of rows.
///
/// @param origin the nodes it implements
/// @param input rows
/// @param output rows
public record SoftmaxKernel(Origin origin, Matrix input, Matrix output) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(input.view());
    }

    @Override
    public View write() {
        return output.view();
    }

    @Override
    public String summary() {
        return "Softmax of rows.";
    }

    @Override
    public String verb() {
        return "softmax";
    }
}
