package dev.skive.codegen.emit;

import dev.skive.codegen.plan.GatherTuplesKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// Slices by tuples of indices: an outer loop over the tuples, an inner one over the slice.
final class GatherTuplesEmitter implements KernelEmitter<GatherTuplesKernel> {
    @Override
    public void emit(GatherTuplesKernel kernel, KernelMethod method) {
        View data = kernel.data();
        Shape indices = kernel.indices().shape();
        method.offset("out", kernel.write());
        method.offset("data", data);
        method.offset("indices", kernel.indices());
        Shape tuples = indices.slice(0, indices.rank() - 1);
        Dim perBatch = tuples.slice(kernel.batchDims(), tuples.rank()).elementCount();
        Shape batch = data.shape().slice(0, kernel.batchDims());
        int rest = kernel.batchDims() + kernel.tuple();
        Shape slice = data.shape().slice(rest, data.shape().rank());
        String rows = method.size(tuples.elementCount());
        String width = method.size(slice.elementCount());
        String batches = RowIndex.of(method, "(row / " + method.size(perBatch) + ")", batch, data, 0);
        var code = method.code();
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.add(TupleIndex.of(method, kernel.indices(), data, kernel.batchDims()));
        code.addStatement("final int from = data + place$L", batches);
        code.beginControlFlow("for (int i = 0; i < $L; i++)", width);
        code.addStatement(
                "$L[out + row * $L + i] = $L[from$L]",
                method.array(kernel.write()),
                width,
                method.array(data),
                RowIndex.of(method, "i", slice, data, rest));
        code.endControlFlow();
        code.endControlFlow();
    }
}
