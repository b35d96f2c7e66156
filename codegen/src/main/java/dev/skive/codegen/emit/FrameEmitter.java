package dev.skive.codegen.emit;

import dev.skive.codegen.plan.Frame;
import dev.skive.codegen.plan.FrameKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;

/// Frames, one row of one phase after the other. Where rows are a phase of two, vectors are taken apart.
///
/// @param onVectors whether the Vector API is used
record FrameEmitter(boolean onVectors) implements KernelEmitter<FrameKernel> {
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
        Dim inner = frame.rank() == 1 ? Dim.ONE : frame.length(last - 1);
        var rows = kernel.write().shape().slice(0, kernel.write().shape().rank() - 1).elementCount();
        code.addStatement("final int to = worker.to($L)", method.size(rows));
        code.addStatement("int row = worker.from($L)", method.size(rows));
        code.beginControlFlow("while (row < to)");
        code.addStatement("int rest = row / $L", method.size(inner));
        code.addStatement("final int next = Math.min(to, (rest + 1) * $L)", method.size(inner));
        if (frame.rank() > 1) {
            code.addStatement("int q$L = row - rest * $L", last - 1, method.size(inner));
        }
        columns(kernel, method);
        code.beginControlFlow("for (; row < next; row++)");
        source(kernel, method);
        code.addStatement("final int at = out + row * $L", width);
        zeros(method, "0", "first");
        copy(kernel, method);
        zeros(method, "end", width);
        if (frame.rank() > 1) {
            code.addStatement("q$L++", last - 1);
        }
        code.endControlFlow();
        code.endControlFlow();
    }

    /// A loop, because there are rarely more than a few.
    private static void zeros(KernelMethod method, String from, String to) {
        method.code().beginControlFlow("for (int i = $L; i < $L; i++)", from, to);
        method.code().addStatement("y[at + i] = 0");
        method.code().endControlFlow();
    }

    /// Declares what rows of a plane have in common: `channel`, where the source of the plane is, the other axes' indices,
    /// `start`, the first element of a row, and which elements `left` to `right` of a row are of the operand.
    private static void columns(FrameKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        View read = kernel.read();
        int last = frame.rank() - 1;
        var code = method.code();
        for (int axis = last - 2; axis >= 0; axis--) {
            code.addStatement("final int q$1L = rest % $2L", axis, method.size(frame.length(axis)));
            code.addStatement("rest /= $L", method.size(frame.length(axis)));
        }
        for (int axis = last; axis >= 0; axis--) {
            if (frame.phases(axis) > 1) {
                code.addStatement("final int p$1L = rest % $2L", axis, frame.phases(axis));
                code.addStatement("rest /= $L", frame.phases(axis));
            }
        }
        String plane = method.size(read.shape().slice(2, read.shape().rank()).elementCount());
        code.addStatement("final int channel = in + rest * $L", plane);
        long stride = frame.window().strides().get(last);
        String width = method.size(frame.length(last));
        code.addStatement("final int start = $L", index(frame, method, last, "0"));
        code.addStatement("final int left = Math.clamp(Math.ceilDiv(-start, $L), 0, $L)", stride, width);
        code.addStatement(
                "final int right = Math.clamp(Math.ceilDiv($L - start, $L), left, $L)",
                method.size(read.shape().dim(last + 2)),
                stride,
                width);
    }

    /// Declares `from`, where the source of element 0 of the row would be, and which elements `first` to `end` of the row
    /// lie in it.
    private static void source(FrameKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        View read = kernel.read();
        int last = frame.rank() - 1;
        var code = method.code();
        code.addStatement("int from = channel + start");
        code.addStatement("boolean inside = true");
        for (int axis = 0; axis < last; axis++) {
            code.addStatement("final int i$L = $L", axis, index(frame, method, axis, "q" + axis));
            code.addStatement("inside &= i$1L >= 0 && i$1L < $2L", axis, method.size(read.shape().dim(axis + 2)));
            code.addStatement("from += i$L * $L", axis, method.size(read.stride(axis + 2)));
        }
        String width = method.size(frame.length(last));
        code.addStatement("final int first = inside ? left : $L", width);
        code.addStatement("final int end = inside ? right : $L", width);
    }

    private static String index(Frame frame, KernelMethod method, int axis, String position) {
        String phase = frame.phases(axis) > 1 ? " + p" + axis : "";
        long stride = frame.window().strides().get(axis);
        String step = position.equals("0") ? "0" : position + " * " + stride;
        return step + phase + " - " + method.size(frame.window().before().get(axis));
    }

    private void copy(FrameKernel kernel, KernelMethod method) {
        long stride = kernel.frame().window().strides().getLast();
        var code = method.code();
        if (stride == 1) {
            code.beginControlFlow("if (first < end)");
            code.addStatement("System.arraycopy(x, from + first, y, at + first, end - first)");
            code.endControlFlow();
            return;
        }
        code.addStatement("int q = first");
        if (onVectors && stride == 2 && kernel.read().element() == ElementType.FLOAT32) {
            method.constant(VectorCode.even());
            code.beginControlFlow("for (; q + LANES < end; q += LANES)");
            code.addStatement("final $1T near = $1T.fromArray(SPECIES, x, from + 2 * q)", VectorCode.VECTOR);
            code.addStatement("final $1T far = $1T.fromArray(SPECIES, x, from + 2 * q + LANES)", VectorCode.VECTOR);
            code.addStatement("near.rearrange(EVEN, far).intoArray(y, at + q)");
            code.endControlFlow();
        }
        code.beginControlFlow("for (; q < end; q++)");
        code.addStatement("y[at + q] = x[from + q * $L]", stride);
        code.endControlFlow();
    }
}
