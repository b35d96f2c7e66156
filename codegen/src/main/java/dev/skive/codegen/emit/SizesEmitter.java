package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.SizesKernel;
import dev.skive.ir.type.ElementType;

/// Stores sizes.
final class SizesEmitter implements KernelEmitter<SizesKernel> {
    @Override
    public void emit(SizesKernel kernel, KernelMethod method) {
        method.offset("out", kernel.write());
        method.code().beginControlFlow("if (worker.index() == 0)");
        for (int i = 0; i < kernel.sizes().size(); i++) {
            String size = method.size(kernel.sizes().get(i));
            ElementType element = kernel.write().element();
            CodeBlock value =
                    element == ElementType.BOOL ? CodeBlock.of("(byte) $L", size) : ScalarCode.store(size, element);
            method.code().addStatement("$L[out + $L] = $L", method.array(kernel.write()), i, value);
        }
        method.code().endControlFlow();
    }
}
