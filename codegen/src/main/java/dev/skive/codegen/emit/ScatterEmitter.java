package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.ScatterElementsKernel;
import dev.skive.codegen.plan.ScatterTuplesKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.op.Combination;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;

/// Elements written by index. One worker does it, since a later update of a place follows an earlier one.
final class ScatterEmitter {
    /// Elements named one by one.
    void emit(ScatterElementsKernel kernel, KernelMethod method) {
        places(kernel.indices(), kernel.updates(), kernel.write(), method);
        int axis = kernel.op().axis();
        var code = method.code();
        code.add(ElementIndex.checks(method, kernel.indices(), kernel.write(), axis));
        code.beginControlFlow(
                "for (int i = 0; worker.index() == 0 && i < $L; i++)",
                method.size(kernel.indices().shape().elementCount()));
        code.add(ElementIndex.of(method, kernel.indices(), kernel.write(), axis));
        code.add(write(method, kernel.write(), kernel.updates(), kernel.op().combination()));
        code.endControlFlow();
    }

    /// Slices named by tuples.
    void emit(ScatterTuplesKernel kernel, KernelMethod method) {
        places(kernel.indices(), kernel.updates(), kernel.write(), method);
        Shape indices = kernel.indices().shape();
        Shape shape = kernel.write().shape();
        String width = method.size(shape.slice(kernel.tuple(), shape.rank()).elementCount());
        String rows = method.size(indices.slice(0, indices.rank() - 1).elementCount());
        var code = method.code();
        code.beginControlFlow("for (int row = 0; worker.index() == 0 && row < $L; row++)", rows);
        code.add(TupleIndex.of(method, kernel.indices(), kernel.write(), 0));
        code.beginControlFlow("for (int i = row * $L; i < (row + 1) * $L; i++, place++)", width, width);
        code.add(write(method, kernel.write(), kernel.updates(), kernel.op().combination()));
        code.endControlFlow();
        code.endControlFlow();
    }

    private static void places(View indices, View updates, View write, KernelMethod method) {
        method.offset("out", write);
        method.offset("indices", indices);
        method.offset("updates", updates);
    }

    private static CodeBlock write(KernelMethod method, View write, View updates, Combination combination) {
        String target = method.array(write) + "[out + place]";
        String update = method.array(updates) + "[updates + i]";
        if (combination == Combination.REPLACE) {
            return CodeBlock.builder().addStatement("$L = $L", target, update).build();
        }
        ElementType element = write.element();
        var code =
                new ScalarCode(
                        List.of(ScalarCode.load(target, element), ScalarCode.load(update, element)),
                        ImmutableList.of(element, element),
                        element);
        return CodeBlock.builder()
                .addStatement("$L = $L", target, code.stored(combination.expression(), element))
                .build();
    }
}
