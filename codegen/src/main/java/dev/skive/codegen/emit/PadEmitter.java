package dev.skive.codegen.emit;

import dev.skive.codegen.plan.PadKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Shape;

/// Padding with elements of the operand: for each element of the result the one it repeats.
final class PadEmitter implements KernelEmitter<PadKernel> {
    @Override
    public void emit(PadKernel kernel, KernelMethod method) {
        View read = kernel.read();
        Shape shape = kernel.write().shape();
        method.offset("out", kernel.write());
        method.offset("in", read);
        int last = shape.rank() - 1;
        var code = method.code();
        String rows = method.size(shape.slice(0, Math.max(0, last)).elementCount());
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.addStatement("int from = in");
        code.addStatement("int rest = row");
        for (int axis = last - 1; axis >= 0; axis--) {
            String size = method.size(shape.dim(axis));
            code.addStatement(
                    "from += $L * $L", source(kernel, method, "rest % " + size, axis), stride(read, method, axis));
            code.addStatement("rest /= $L", size);
        }
        String width = last < 0 ? "1" : method.size(shape.dim(last));
        code.beginControlFlow("for (int i = 0; i < $L; i++)", width);
        String inner = last < 0 ? "" : " + " + source(kernel, method, "i", last) + " * " + stride(read, method, last);
        code.addStatement(
                "$L[out + row * $L + i] = $L[from$L]", method.array(kernel.write()), width, method.array(read), inner);
        code.endControlFlow();
        code.endControlFlow();
    }

    private static String stride(View read, KernelMethod method, int axis) {
        return method.size(read.stride(axis));
    }

    private static String source(PadKernel kernel, KernelMethod method, String index, int axis) {
        String function =
                switch (kernel.op().mode()) {
                    case EDGE -> "edge";
                    case REFLECT -> "reflect";
                    case WRAP -> "wrap";
                    case CONSTANT -> throw new AssertionError("constants are copied");
                };
        String before = method.size(kernel.op().before().get(axis));
        String size = method.size(kernel.read().shape().dim(axis));
        return "dev.skive.runtime.Sizes." + function + "(" + index + " - " + before + ", " + size + ")";
    }
}
