package dev.skive.codegen.emit;

import dev.skive.codegen.plan.BatchedProductKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// Products of two computed tensors: per row of the result, rows of the right operand are added up.
final class BatchedProductEmitter implements KernelEmitter<BatchedProductKernel> {
    @Override
    public void emit(BatchedProductKernel kernel, KernelMethod method) {
        View left = kernel.left();
        View right = kernel.right();
        ElementType element = left.element();
        method.offset("out", kernel.write());
        method.offset("left", left);
        method.offset("right", right);
        int rank = left.shape().rank();
        Shape batch = left.shape().slice(0, rank - 2);
        var code = method.code();
        Dim rows = batch.elementCount().times(left.shape().dim(-2));
        String m = method.size(left.shape().dim(-2));
        String n = method.size(right.shape().last());
        code.beginControlFlow(
                "for (int row = worker.from($L), to = worker.to($L); row < to; row++)",
                method.size(rows),
                method.size(rows));
        code.addStatement("final int batch = row / $L", m);
        code.addStatement("int a = left + row % $L * $L", m, method.size(left.stride(-2)));
        code.addStatement("int b = right");
        for (int axis = 0; axis < rank - 2; axis++) {
            Dim rest = batch.slice(axis + 1, rank - 2).elementCount();
            String index = "batch / " + method.size(rest) + " % " + method.size(batch.dim(axis));
            code.addStatement("a += $L * $L", index, method.size(left.stride(axis)));
            code.addStatement("b += $L * $L", index, method.size(right.stride(axis)));
        }
        String type = ScalarCode.javaType(element);
        String leftElement = method.array(left) + "[a + k * " + method.size(left.stride(-1)) + "]";
        String rightElement =
                method.array(right)
                        + "[b + k * "
                        + method.size(right.stride(-2))
                        + " + j * "
                        + method.size(right.stride(-1))
                        + "]";
        code.beginControlFlow("for (int j = 0; j < $L; j++)", n);
        code.addStatement("$L sum = 0", type);
        code.beginControlFlow("for (int k = 0; k < $L; k++)", method.size(left.shape().last()));
        code.addStatement(
                "sum += $L * $L", ScalarCode.load(leftElement, element), ScalarCode.load(rightElement, element));
        code.endControlFlow();
        code.addStatement(
                "$L[out + row * $L + j] = $L", method.array(kernel.write()), n, ScalarCode.store("sum", element));
        code.endControlFlow();
        code.endControlFlow();
    }
}
