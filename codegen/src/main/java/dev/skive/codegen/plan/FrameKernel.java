package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// The frame of an operand.
///
/// @param origin the nodes it implements
/// @param frame what is copied where
/// @param read the operand `[n, c, ...]`
/// @param write the frame, contiguous
public record FrameKernel(Origin origin, Frame frame, View read, View write) implements Kernel {
    @Override
    public ImmutableList<View> reads() {
        return ImmutableList.of(read);
    }

    @Override
    public String summary() {
        return "Copies a tensor of shape "
                + read.shape()
                + " with padding around it, strides "
                + frame.window().strides()
                + " made neighbours.";
    }

    @Override
    public String verb() {
        return "frame";
    }
}
