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
            CodeBlock value = value(kernel.sizes().get(i), kernel.write().element(), method);
            method.code().addStatement("$L[out + $L] = $L", method.array(kernel.write()), i, value);
        }
        method.code().endControlFlow();
    }

    /// A size as it is stored: an `int` in Java, unless it is a number for 64 bits.
    private static CodeBlock value(Dim size, ElementType element, KernelMethod method) {
        return switch (element) {
            case INT64, UINT64 -> CodeBlock.of("$L", size.isKnown() ? size.known() + "L" : method.size(size));
            case INT32, UINT32 ->
                    CodeBlock.of("$L", size.isKnown() ? Integer.toString((int) size.known()) : method.size(size));
            case BOOL -> CodeBlock.of("(byte) $L", method.size(size));
            default -> ScalarCode.store(method.size(size), element);
        };
    }
}
