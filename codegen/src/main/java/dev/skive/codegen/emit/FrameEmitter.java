package dev.skive.codegen.emit;

import dev.skive.codegen.plan.Frame;
import dev.skive.codegen.plan.FrameKernel;
import dev.skive.codegen.plan.View;
import java.util.Arrays;

/// Frames, one row of one phase after the other.
final class FrameEmitter implements KernelEmitter<FrameKernel> {
    @Override
    public void emit(FrameKernel kernel, KernelMethod method) {
        if (kernel.write().shape().elementCount().is(0)) {
            return;
        }
        Frame frame = kernel.frame();
        View read = kernel.read();
        method.offset("out", kernel.write());
        method.offset("in", read);
        int last = frame.rank() - 1;
        String width = method.size(frame.length(last));
        var code = method.code();
        code.addStatement("final $1L[] x = $2L", read.buffer().storage().primitive(), method.array(read));
        code.addStatement("final $1L[] y = $2L", read.buffer().storage().primitive(), method.array(kernel.write()));
        var rows = kernel.write().shape().slice(0, kernel.write().shape().rank() - 1).elementCount();
        code.beginControlFlow(
                "for (int row = worker.from($1L), to = worker.to($1L); row < to; row++)", method.size(rows));
        code.addStatement("int rest = row");
        for (int axis = last - 1; axis >= 0; axis--) {
            code.addStatement("final int q$1L = rest % $2L", axis, method.size(frame.length(axis)));
            code.addStatement("rest /= $L", method.size(frame.length(axis)));
        }
        for (int axis = last; axis >= 0; axis--) {
            if (frame.phases(axis) > 1) {
                code.addStatement("final int p$1L = rest % $2L", axis, frame.phases(axis));
                code.addStatement("rest /= $L", frame.phases(axis));
            }
        }
        source(kernel, method);
        code.addStatement("final int at = out + row * $L", width);
        code.addStatement("$1T.fill(y, at, at + first, 0)", Arrays.class);
        copy(frame.window().strides().get(last), method);
        code.addStatement("$1T.fill(y, at + end, at + $2L, 0)", Arrays.class, width);
        code.endControlFlow();
    }

    /// Declares `from`, where the row's source is, and which elements `first` to `end` of the row lie in it.
    private static void source(FrameKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        View read = kernel.read();
        int last = frame.rank() - 1;
        var code = method.code();
        String plane = method.size(read.shape().slice(2, read.shape().rank()).elementCount());
        code.addStatement("int from = in + rest * $L", plane);
        code.addStatement("boolean inside = true");
        for (int axis = 0; axis < last; axis++) {
            code.addStatement("final int i$L = $L", axis, index(frame, method, axis, "q" + axis));
            code.addStatement("inside &= i$1L >= 0 && i$1L < $2L", axis, method.size(read.shape().dim(axis + 2)));
            code.addStatement("from += i$L * $L", axis, method.size(read.stride(axis + 2)));
        }
        long stride = frame.window().strides().get(last);
        String start = index(frame, method, last, "0");
        String width = method.size(frame.length(last));
        code.addStatement("final int start = $L", start);
        code.addStatement(
                "final int first = inside ? Math.clamp(Math.ceilDiv(-start, $L), 0, $L) : $L", stride, width, width);
        code.addStatement(
                "final int end = Math.clamp(Math.ceilDiv($L - start, $L), first, $L)",
                method.size(read.shape().dim(last + 2)),
                stride,
                width);
    }

    private static String index(Frame frame, KernelMethod method, int axis, String position) {
        String phase = frame.phases(axis) > 1 ? " + p" + axis : "";
        long stride = frame.window().strides().get(axis);
        String step = position.equals("0") ? "0" : position + " * " + stride;
        return step + phase + " - " + method.size(frame.window().before().get(axis));
    }

    private static void copy(long stride, KernelMethod method) {
        var code = method.code();
        if (stride == 1) {
            code.beginControlFlow("if (first < end)");
            code.addStatement("System.arraycopy(x, from + start + first, y, at + first, end - first)");
            code.endControlFlow();
            return;
        }
        code.addStatement("from += start");
        code.beginControlFlow("for (int q = first; q < end; q++)");
        code.addStatement("y[at + q] = x[from + q * $L]", stride);
        code.endControlFlow();
    }
}
