package dev.skive.codegen.emit;

import dev.skive.codegen.plan.RunningSumKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// Running sums and products in plain loops, of real numbers in `double`.
final class RunningSumEmitter implements KernelEmitter<RunningSumKernel> {
    @Override
    public void emit(RunningSumKernel kernel, KernelMethod method) {
        View read = kernel.read();
        View write = kernel.write();
        method.offset("out", write);
        method.offset("in", read);
        ElementType element = read.element();
        Shape kept = read.shape().slice(0, read.shape().rank() - 1);
        String rows = method.size(kept.elementCount());
        String length = method.size(read.shape().last());
        var code = method.code();
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.addStatement("final int from = in$L", RowIndex.of(method, "row", kept, read, 0));
        code.addStatement("final int into = out$L", RowIndex.of(method, "row", kept, write, 0));
        code.addStatement("$L sum = $L", element.isReal() ? "double" : "long", kernel.product() ? 1 : 0);
        boolean reverse = kernel.reverse();
        code.beginControlFlow(reverse ? "for (int i = $L - 1; i >= 0; i--)" : "for (int i = 0; i < $L; i++)", length);
        String place = method.array(read) + "[from" + method.step("i", read.stride(-1)) + "]";
        code.addStatement("final $L element = $L", ScalarCode.javaType(element), ScalarCode.load(place, element));
        String sum = ScalarCode.javaType(element).equals("float") ? "(float) " : "";
        String operator = kernel.product() ? "*" : "+";
        String stored = kernel.exclusive() ? sum + "sum" : sum + "(sum " + operator + " element)";
        code.addStatement(
                "$L[into$L] = $L",
                method.array(write),
                method.step("i", write.stride(-1)),
                ScalarCode.store(stored, element));
        code.addStatement("sum $L= element", operator);
        code.endControlFlow();
        code.endControlFlow();
    }
}
