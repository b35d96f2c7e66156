package dev.skive.codegen.emit;

import dev.skive.codegen.plan.ConvKernel;
import dev.skive.codegen.plan.Frame;
import dev.skive.ir.type.Dim;

/// What loops over a convolution have in common.
final class ConvLoops {
    private ConvLoops() {}

    /// Makes the places of all tensors parameters and their arrays variables `x`, `weights`, `biases` and `y`.
    static void parameters(ConvKernel kernel, KernelMethod method) {
        method.offset("in", kernel.input());
        method.offset("weight", kernel.weight());
        method.offset("bias", kernel.bias());
        method.offset("out", kernel.write());
        for (int i = 0; i < kernel.epilogue().reads().size(); i++) {
            method.offset("read" + i, kernel.epilogue().reads().get(i));
        }
        String type = kernel.write().buffer().storage().primitive();
        var code = method.code();
        code.addStatement("final $L[] x = $L", type, method.array(kernel.input()));
        code.addStatement("final $L[] weights = $L", type, method.array(kernel.weight()));
        code.addStatement("final $L[] biases = $L", type, method.array(kernel.bias()));
        code.addStatement("final $L[] y = $L", type, method.array(kernel.write()));
    }

    /// Channels of the operand per group.
    static Dim channels(ConvKernel kernel) {
        return kernel.weight().shape().dim(1);
    }

    /// Channels of the result per group.
    static Dim results(ConvKernel kernel) {
        return kernel.weight().shape().dim(0).floorDivide(kernel.groups());
    }

    /// Elements of the weight per channel of the result.
    static Dim depth(ConvKernel kernel) {
        return kernel.weight().shape().slice(1, kernel.weight().shape().rank()).elementCount();
    }

    /// Positions of all axes but the last.
    static Dim rows(ConvKernel kernel) {
        Frame frame = kernel.frame();
        return frame.positions().subList(0, frame.rank() - 1).stream().reduce(Dim.ONE, Dim::times);
    }

    /// Declares `o0`, `o1`, ... for all axes but the last from `rest`, and divides it.
    static void positions(ConvKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        for (int axis = frame.rank() - 2; axis >= 0; axis--) {
            String size = method.size(frame.positions().get(axis));
            method.code().addStatement("final int o$L = rest % $L", axis, size);
            method.code().addStatement("rest /= $L", size);
        }
    }

    /// ` + o0 * stride + ...`: where the row of positions starts in a channel.
    static String row(ConvKernel kernel, KernelMethod method) {
        var text = new StringBuilder();
        for (int axis = 0; axis < kernel.frame().rank() - 1; axis++) {
            text.append(method.step("o" + axis, kernel.frame().stride(axis)));
        }
        return text.toString();
    }

    /// Opens a loop `k0`, `k1`, ... per axis of the kernel.
    static void open(ConvKernel kernel, KernelMethod method) {
        for (int axis = 0; axis < kernel.frame().rank(); axis++) {
            String size = method.size(kernel.frame().kernel().get(axis));
            method.code().beginControlFlow("for (int k$1L = 0; k$1L < $2L; k$1L++)", axis, size);
        }
    }

    /// Closes the loops over the kernel.
    static void close(ConvKernel kernel, KernelMethod method) {
        for (int axis = 0; axis < kernel.frame().rank(); axis++) {
            method.code().endControlFlow();
        }
    }

    /// Where the elements are that element `k0, k1, ...` of the kernel meets, relative to those of element 0.
    static String tap(ConvKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        var text = new StringBuilder();
        for (int axis = 0; axis < frame.rank(); axis++) {
            long stride = frame.window().strides().get(axis);
            long dilation = frame.window().dilations().get(axis);
            String place = dilation == 1 ? "k" + axis : "k" + axis + " * " + dilation;
            if (stride == 1) {
                text.append(method.step(place, frame.stride(axis)));
                continue;
            }
            text.append(method.step("(" + place + ") / " + stride, frame.stride(axis)));
            if (frame.phases(axis) > 1) {
                text.append(method.step("(" + place + ") % " + stride, frame.phaseStride(axis)));
            }
        }
        return text.toString();
    }
}
