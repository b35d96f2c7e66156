package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.plan.ReductionKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// Reductions as plain loops: one result at a time, its elements in row-major order.
final class ReductionEmitter implements KernelEmitter<ReductionKernel> {
    @Override
    public void emit(ReductionKernel kernel, KernelMethod method) {
        View read = kernel.read();
        int kept = read.shape().rank() - kernel.folded();
        method.offset("out", kernel.write());
        method.offset("in", read);
        ElementType element = read.element();
        String type = ScalarCode.javaType(element);
        var code = method.code();
        String outer = method.size(read.shape().slice(0, kept).elementCount());
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", outer, outer);
        code.addStatement("final int start = in$L", RowIndex.of(method, "row", read.shape().slice(0, kept), read, 0));
        var fold = new ScalarCode(List.of("fold", "element"), ImmutableList.of(element, element), element);
        var prepare = new ScalarCode(List.of("loaded"), ImmutableList.of(element), element);
        code.addStatement("$L fold = $L", type, ScalarCode.literal(kernel.op().start(element), element));
        String open = loops(kernel, method, kept);
        code.addStatement(
                "final $L loaded = $L", type, ScalarCode.load(method.array(read) + "[" + open + "]", element));
        code.addStatement("final $L element = $L", type, prepare.print(kernel.op().prepare()));
        code.addStatement("fold = $L", fold.print(kernel.op().combine()));
        for (int axis = kept; axis < read.shape().rank(); axis++) {
            code.endControlFlow();
        }
        String count = "(" + type + ") " + method.size(read.shape().slice(kept, read.shape().rank()).elementCount());
        var finish = new ScalarCode(List.of("fold", count), ImmutableList.of(element, element), element);
        code.addStatement(
                "$L[out + row] = $L",
                method.array(kernel.write()),
                ScalarCode.store(finish.print(kernel.op().finish()), element));
        code.endControlFlow();
    }

    private static String loops(ReductionKernel kernel, KernelMethod method, int kept) {
        View read = kernel.read();
        String index = "start";
        for (int axis = kept; axis < read.shape().rank(); axis++) {
            String name = "k" + (axis - kept);
            method.code()
                    .beginControlFlow(
                            "for (int $L = 0; $L < $L; $L++)", name, name, method.size(read.shape().dim(axis)), name);
            index += " + " + name + " * " + method.size(read.stride(axis));
        }
        return index;
    }
}
