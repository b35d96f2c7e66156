package dev.skive.codegen.emit;

import dev.skive.codegen.plan.GatherElementsKernel;
import dev.skive.codegen.plan.View;

/// Elements by index, one after the other.
final class GatherElementsEmitter implements KernelEmitter<GatherElementsKernel> {
    @Override
    public void emit(GatherElementsKernel kernel, KernelMethod method) {
        View data = kernel.data();
        method.offset("out", kernel.write());
        method.offset("data", data);
        method.offset("indices", kernel.indices());
        var code = method.code();
        code.add(ElementIndex.checks(method, kernel.indices(), data, kernel.axis()));
        String count = method.size(kernel.write().shape().elementCount());
        code.beginControlFlow("for (int i = worker.from($L), to = worker.to($L); i < to; i++)", count, count);
        code.add(ElementIndex.of(method, kernel.indices(), data, kernel.axis()));
        code.addStatement("$L[out + i] = $L[data + place]", method.array(kernel.write()), method.array(data));
        code.endControlFlow();
    }
}
