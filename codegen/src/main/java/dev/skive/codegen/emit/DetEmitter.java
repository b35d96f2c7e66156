package dev.skive.codegen.emit;

import dev.skive.codegen.plan.DetKernel;
import dev.skive.codegen.plan.View;

/// Determinants, a matrix per step, eliminated in `double` by the runtime.
final class DetEmitter implements KernelEmitter<DetKernel> {
    @Override
    public void emit(DetKernel kernel, KernelMethod method) {
        View read = kernel.read();
        method.offset("out", kernel.write());
        method.offset("in", read);
        String count = method.size(kernel.write().shape().elementCount());
        String size = method.size(read.shape().last());
        var code = method.code();
        code.addStatement("final double[] matrix = new double[$L * $L]", size, size);
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", count, count);
        code.beginControlFlow("for (int i = 0; i < matrix.length; i++)");
        String element = method.array(read) + "[in + row * matrix.length + i]";
        code.addStatement("matrix[i] = $L", SumCode.load(element, read.element()));
        code.endControlFlow();
        code.addStatement("final double value = $T.determinant(matrix, $L)", RuntimeTypes.of("Elimination"), size);
        code.addStatement("$L[out + row] = $L", method.array(kernel.write()), SumCode.store("value", read.element()));
        code.endControlFlow();
    }
}
