package dev.skive.codegen.emit;

import dev.skive.codegen.plan.RangeKernel;
import dev.skive.ir.type.ElementType;

/// Evenly spaced numbers.
final class RangeEmitter implements KernelEmitter<RangeKernel> {
    @Override
    public void emit(RangeKernel kernel, KernelMethod method) {
        method.offset("out", kernel.write());
        method.offset("start", kernel.start());
        method.offset("step", kernel.step());
        ElementType element = kernel.write().element();
        String type = ScalarCode.javaType(element);
        var code = method.code();
        code.addStatement(
                "final $L first = $L", type, ScalarCode.load(method.array(kernel.start()) + "[start]", element));
        code.addStatement(
                "final $L distance = $L", type, ScalarCode.load(method.array(kernel.step()) + "[step]", element));
        String count = method.size(kernel.write().shape().elementCount());
        code.beginControlFlow("for (int i = worker.from($L), to = worker.to($L); i < to; i++)", count, count);
        code.addStatement(
                "$L[out + i] = $L", method.array(kernel.write()), ScalarCode.store("first + i * distance", element));
        code.endControlFlow();
    }
}
