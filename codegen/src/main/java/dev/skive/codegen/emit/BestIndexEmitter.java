package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.BestIndexKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// Searches along rows, in plain loops.
final class BestIndexEmitter implements KernelEmitter<BestIndexKernel> {
    @Override
    public void emit(BestIndexKernel kernel, KernelMethod method) {
        View read = kernel.read();
        method.offset("out", kernel.write());
        method.offset("in", read);
        Shape kept = read.shape().slice(0, read.shape().rank() - 1);
        String rows = method.size(kept.elementCount());
        String type = ScalarCode.javaType(read.element());
        var code = method.code();
        String length = method.size(read.shape().last());
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.addStatement("$T.requireElements($L)", RuntimeTypes.SIZES, length);
        code.addStatement("final int start = in$L", RowIndex.of(method, "row", kept, read, 0));
        code.addStatement("int index = 0");
        code.addStatement("$L best = $L", type, ScalarCode.load(method.array(read) + "[start]", read.element()));
        code.beginControlFlow("for (int k = 1; k < $L; k++)", length);
        String place = method.array(read) + "[start" + method.step("k", read.stride(-1)) + "]";
        code.addStatement("final $L element = $L", type, ScalarCode.load(place, read.element()));
        code.beginControlFlow("if ($L)", better(kernel));
        code.addStatement("index = k");
        code.addStatement("best = element");
        code.endControlFlow();
        code.endControlFlow();
        code.addStatement("$L[out + row] = index", method.array(kernel.write()));
        code.endControlFlow();
    }

    private static CodeBlock better(BestIndexKernel kernel) {
        String comparison = (kernel.greatest() ? ">" : "<") + (kernel.last() ? "=" : "");
        return kernel.read().element() == ElementType.UINT64
                ? CodeBlock.of("Long.compareUnsigned(element, best) $L 0", comparison)
                : CodeBlock.of("element $L best", comparison);
    }
}
