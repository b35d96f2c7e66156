package dev.skive.codegen.emit;

import dev.skive.codegen.plan.GatherKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// Look-ups along an axis: an outer loop over the axes before it and the indices, an inner one over the axes after it.
final class GatherEmitter implements KernelEmitter<GatherKernel> {

    @Override
    public void emit(GatherKernel kernel, KernelMethod method) {
        View data = kernel.data();
        int axis = kernel.axis();
        Shape before = data.shape().slice(0, axis);
        Shape after = data.shape().slice(axis + 1, data.shape().rank());
        method.offset("out", kernel.write());
        method.offset("data", data);
        method.offset("indices", kernel.indices());
        var code = method.code();
        // Without indices there are no rows, but what divides by their number must compile.
        Dim indices = kernel.indices().shape().elementCount();
        String count = method.size(indices.is(0) ? Dim.ONE : indices);
        String outer = method.size(before.elementCount().times(indices));
        String inner = method.size(after.elementCount());
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", outer, outer);
        String index =
                ScalarCode.load(
                        method.array(kernel.indices()) + "[indices + row % " + count + "]", kernel.indices().element());
        code.addStatement(
                "final int index = $T.index($L, $L)", RuntimeTypes.SIZES, index, method.size(data.shape().dim(axis)));
        code.addStatement(
                "final int from = data + index * $L$L",
                method.size(data.stride(axis)),
                RowIndex.of(method, "(row / " + count + ")", before, data, 0));
        code.beginControlFlow("for (int i = 0; i < $L; i++)", inner);
        code.addStatement(
                "$L[out + row * $L + i] = $L[from$L]",
                method.array(kernel.write()),
                inner,
                method.array(data),
                RowIndex.of(method, "i", after, data, axis + 1));
        code.endControlFlow();
        code.endControlFlow();
    }
}
