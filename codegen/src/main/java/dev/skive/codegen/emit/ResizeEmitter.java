package dev.skive.codegen.emit;

import com.google.common.base.Joiner;
import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.ResizeKernel;
import dev.skive.codegen.plan.View;
import java.util.ArrayList;
import java.util.stream.IntStream;

/// Samples along the middle one of three axes: rows at a time, or one by one where it is the last axis.
final class ResizeEmitter implements KernelEmitter<ResizeKernel> {
    @Override
    public void emit(ResizeKernel kernel, KernelMethod method) {
        View read = kernel.read();
        method.offset("out", kernel.write());
        method.offset("in", read);
        method.offset("indices", kernel.indices());
        kernel.factors().ifPresent(weights -> method.offset("weights", weights));
        var code = method.code();
        code.addStatement("final $L[] target = $L", read.buffer().storage().primitive(), method.array(kernel.write()));
        code.addStatement("final $L[] source = $L", read.buffer().storage().primitive(), method.array(read));
        code.addStatement("final int[] places = $L", method.array(kernel.indices()));
        kernel.factors()
                .ifPresent(view ->
                        code.addStatement(
                                "final $L[] factors = $L", view.buffer().storage().primitive(), method.array(view)));
        if (read.shape().last().is(1)) {
            alongLast(kernel, method);
        } else {
            rows(kernel, method);
        }
    }

    private static void alongLast(ResizeKernel kernel, KernelMethod method) {
        String outer = method.size(kernel.read().shape().dim(0));
        String size = method.size(kernel.read().shape().dim(1));
        String count = method.size(kernel.write().shape().dim(1));
        var code = method.code();
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", outer, outer);
        code.addStatement("final int from = in + row * $L", size);
        code.addStatement("final int into = out + row * $L", count);
        code.beginControlFlow("for (int x = 0; x < $L; x++)", count);
        String taps = method.size(kernel.taps());
        if (kernel.factors().isEmpty()) {
            code.addStatement("target[into + x] = source[from + places[indices + x]]");
        } else if (isUnrolled(kernel)) {
            var sum = new ArrayList<String>();
            for (int t = 0; t < kernel.taps().known(); t++) {
                String at = at("x * " + taps, t);
                sum.add("factors[weights + " + at + "] * source[from + places[indices + " + at + "]]");
            }
            code.addStatement("target[into + x] = $L", Joiner.on("\n+ ").join(sum));
        } else {
            code.addStatement("$L sum = 0", kernel.read().buffer().storage().primitive());
            code.beginControlFlow("for (int t = x * $L; t < (x + 1) * $L; t++)", taps, taps);
            code.addStatement("final $L factor = factors[weights + t]", kernel.read().buffer().storage().primitive());
            code.addStatement("sum += factor == 0 ? 0 : factor * source[from + places[indices + t]]");
            code.endControlFlow();
            code.addStatement("target[into + x] = sum");
        }
        code.endControlFlow();
        code.endControlFlow();
    }

    private static boolean isUnrolled(ResizeKernel kernel) {
        return kernel.taps().isKnown() && kernel.taps().known() % 2 == 0;
    }

    private static String at(String start, int t) {
        return t == 0 ? start : start + " + " + t;
    }

    private static void rows(ResizeKernel kernel, KernelMethod method) {
        String inner = method.size(kernel.read().shape().last());
        String size = method.size(kernel.read().shape().dim(1));
        String count = method.size(kernel.write().shape().dim(1));
        String rows = method.size(kernel.write().shape().slice(0, 2).elementCount());
        String taps = method.size(kernel.taps());
        var code = method.code();
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.addStatement("final int x = row % $L", count);
        code.addStatement("final int first = row / $L * $L", count, size);
        code.addStatement("final int into = out + row * $L", inner);
        if (kernel.factors().isEmpty()) {
            code.addStatement(
                    "System.arraycopy(source, in + (first + places[indices + x]) * $L, target, into, $L)",
                    inner,
                    inner);
        } else if (isUnrolled(kernel)) {
            unrolled(kernel, code, taps, inner);
        } else {
            summed(kernel, code, taps, inner);
        }
        code.endControlFlow();
    }

    private static void unrolled(ResizeKernel kernel, CodeBlock.Builder code, String taps, String inner) {
        int known = Math.toIntExact(kernel.taps().known());
        String type = kernel.read().buffer().storage().primitive();
        for (int t = 0; t < known; t++) {
            String at = at("x * " + taps, t);
            code.addStatement("final $L factor$L = factors[weights + $L]", type, t, at);
            code.addStatement("final int from$L = in + (first + places[indices + $L]) * $L", t, at, inner);
        }
        code.beginControlFlow("for (int i = 0; i < $L; i++)", inner);
        String sum =
                Joiner.on(" + ")
                        .join(
                                IntStream.range(0, known)
                                        .mapToObj(t -> "factor%d * source[from%d + i]".formatted(t, t))
                                        .toList());
        code.addStatement("target[into + i] = $L", sum);
        code.endControlFlow();
    }

    private static void summed(ResizeKernel kernel, CodeBlock.Builder code, String taps, String inner) {
        String type = kernel.read().buffer().storage().primitive();
        code.addStatement("java.util.Arrays.fill(target, into, into + $L, 0)", inner);
        code.beginControlFlow("for (int t = x * $L; t < (x + 1) * $L; t++)", taps, taps);
        code.addStatement("final $L factor = factors[weights + t]", type);
        code.addStatement("final int from = in + (first + places[indices + t]) * $L", inner);
        code.beginControlFlow("if (factor != 0)");
        code.beginControlFlow("for (int i = 0; i < $L; i++)", inner);
        code.addStatement("target[into + i] += factor * source[from + i]");
        code.endControlFlow();
        code.endControlFlow();
        code.endControlFlow();
    }
}
