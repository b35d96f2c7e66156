package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.SoftmaxKernel;

/// Softmax of rows in plain loops.
final class ScalarSoftmaxEmitter implements KernelEmitter<SoftmaxKernel> {
    @Override
    public void emit(SoftmaxKernel kernel, KernelMethod method) {
        method.offset("out", kernel.output().view());
        method.offset("in", kernel.input().view());
        String source = method.array(kernel.input().view());
        String target = method.array(kernel.output().view());
        String width = method.size(kernel.input().columns());
        String rows = method.size(kernel.input().rows());
        boolean wide = kernel.input().view().element() == dev.skive.ir.type.ElementType.FLOAT64;
        String type = wide ? "double" : "float";
        var code = method.code();
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.addStatement("final int x = in + row * $L", method.size(kernel.input().rowStride()));
        code.addStatement("final int y = out + row * $L", method.size(kernel.output().rowStride()));
        code.addStatement("$L maximum = $L.NEGATIVE_INFINITY", type, wide ? "Double" : "Float");
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement("maximum = Math.max(maximum, $L[x + j])", source);
        code.endControlFlow();
        code.addStatement("$L sum = 0", type);
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        CodeBlock function = wide ? CodeBlock.of("Math.exp") : CodeBlock.of("$T.exp", RuntimeTypes.SCALAR_MATH);
        code.addStatement("final $L power = $L($L[x + j] - maximum)", type, function, source);
        code.addStatement("$L[y + j] = power", target);
        code.addStatement("sum += power");
        code.endControlFlow();
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement("$L[y + j] /= sum", target);
        code.endControlFlow();
        code.endControlFlow();
    }
}
