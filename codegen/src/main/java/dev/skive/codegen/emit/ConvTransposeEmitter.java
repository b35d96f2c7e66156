package dev.skive.codegen.emit;

import dev.skive.codegen.plan.ConvTransposeKernel;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.Arrays;

/// Transposed convolutions in plain loops: every worker takes planes of the result and adds to them.
final class ConvTransposeEmitter implements KernelEmitter<ConvTransposeKernel> {
    @Override
    public void emit(ConvTransposeKernel kernel, KernelMethod method) {
        if (kernel.write().shape().elementCount().is(0)) {
            return;
        }
        method.offset("in", kernel.input());
        method.offset("weight", kernel.weight());
        method.offset("bias", kernel.bias());
        method.offset("out", kernel.write());
        var code = method.code();
        Shape result = kernel.write().shape();
        Dim plane = result.slice(2, result.rank()).elementCount();
        Dim results = kernel.weight().shape().dim(1);
        Dim channels = kernel.weight().shape().dim(0).floorDivide(kernel.op().groups());
        String type = kernel.write().buffer().storage().primitive();
        code.addStatement("final $L[] x = $L", type, method.array(kernel.input()));
        code.addStatement("final $L[] weights = $L", type, method.array(kernel.weight()));
        code.addStatement("final $L[] y = $L", type, method.array(kernel.write()));
        String planes = method.size(result.dim(0).times(result.dim(1)));
        code.beginControlFlow("for (int unit = worker.from($1L), to = worker.to($1L); unit < to; unit++)", planes);
        code.addStatement("final int channel = unit % $L", method.size(result.dim(1)));
        code.addStatement("final int base = out + unit * $L", method.size(plane));
        code.addStatement(
                "$T.fill(y, base, base + $L, $L[bias + channel])",
                Arrays.class,
                method.size(plane),
                method.array(kernel.bias()));
        code.addStatement("final int first = unit / $L * $L", method.size(results), method.size(channels));
        code.beginControlFlow("for (int c = first; c < first + $L; c++)", method.size(channels));
        code.addStatement(
                "int at = weight + (c % $L * $L + channel % $L) * $L",
                method.size(kernel.weight().shape().dim(0)),
                method.size(results),
                method.size(results),
                method.size(kernel.weight().shape().slice(2, result.rank()).elementCount()));
        taps(kernel, method);
        code.endControlFlow();
        code.endControlFlow();
    }

    /// For each element of the kernel, the rows it spreads.
    private static void taps(ConvTransposeKernel kernel, KernelMethod method) {
        var code = method.code();
        int rank = kernel.op().window().rank();
        Shape weight = kernel.weight().shape();
        for (int axis = 0; axis < rank; axis++) {
            code.beginControlFlow("for (int k$1L = 0; k$1L < $2L; k$1L++)", axis, method.size(weight.dim(axis + 2)));
        }
        code.addStatement("final $L factor = weights[at++]", kernel.write().buffer().storage().primitive());
        Shape input = kernel.input().shape();
        Dim plane = input.slice(2, input.rank()).elementCount();
        var source = new StringBuilder("in + c * " + method.size(plane));
        var target = new StringBuilder("base");
        for (int axis = 0; axis < rank - 1; axis++) {
            bounds(kernel, method, axis);
            code.beginControlFlow("for (int i$1L = first$1L; i$1L < end$1L; i$1L++)", axis);
            source.append(method.step("i" + axis, kernel.input().stride(axis + 2)));
            String place = "(start" + axis + " + i" + axis + " * " + stride(kernel, axis) + ")";
            target.append(method.step(place, kernel.write().stride(axis + 2)));
        }
        int last = rank - 1;
        bounds(kernel, method, last);
        code.addStatement("final int source = $L", source);
        code.addStatement("final int target = $L + start$L", target, last);
        code.beginControlFlow("for (int i = first$1L; i < end$1L; i++)", last);
        code.addStatement("y[target + i * $L] += factor * x[source + i]", stride(kernel, last));
        code.endControlFlow();
        for (int axis = 0; axis < 2 * rank - 1; axis++) {
            code.endControlFlow();
        }
    }

    private static long stride(ConvTransposeKernel kernel, int axis) {
        return kernel.op().window().strides().get(axis);
    }

    /// Declares where element 0 of the operand goes along an axis, and which elements go into the result.
    private static void bounds(ConvTransposeKernel kernel, KernelMethod method, int axis) {
        Window window = kernel.op().window();
        var code = method.code();
        code.addStatement(
                "final int start$1L = k$1L * $2L - $3L",
                axis,
                window.dilations().get(axis),
                method.size(window.before().get(axis)));
        code.addStatement("final int first$1L = Math.max(0, Math.ceilDiv(-start$1L, $2L))", axis, stride(kernel, axis));
        code.addStatement(
                "final int end$1L = Math.min($2L, Math.ceilDiv($3L - start$1L, $4L))",
                axis,
                method.size(kernel.input().shape().dim(axis + 2)),
                method.size(kernel.write().shape().dim(axis + 2)),
                stride(kernel, axis));
    }
}
