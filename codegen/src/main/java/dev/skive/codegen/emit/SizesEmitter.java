package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.SizesKernel;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;

/// Stores sizes.
final class SizesEmitter implements KernelEmitter<SizesKernel> {
    @Override
    public void emit(SizesKernel kernel, KernelMethod method) {
        method.offset("out", kernel.write());
        method.code().beginControlFlow("if (worker.index() == 0)");
        for (int i = 0; i < kernel.sizes().size(); i++) {
            CodeBlock value = value(kernel.sizes().get(i), method, kernel.write().element());
            method.code().addStatement("$L[out + $L] = $L", method.array(kernel.write()), i, value);
        }
        method.code().endControlFlow();
    }

    /// A size as a value of an element type. Sizes are `int` in generated code, where a cast to `int` would be redundant;
    /// known values may be larger.
    private static CodeBlock value(Dim size, KernelMethod method, ElementType element) {
        String text = method.size(size);
        boolean isLong = size.isKnown() && size.known() != (int) size.known();
        return switch (element) {
            case BOOL -> CodeBlock.of("(byte) $L", text);
            case INT32, UINT32 -> isLong ? CodeBlock.of("(int) $LL", text) : CodeBlock.of("$L", text);
            default -> ScalarCode.store(isLong ? text + "L" : text, element);
        };
    }
}
