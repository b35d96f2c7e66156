package dev.skive.codegen.emit;

import dev.skive.codegen.plan.EmbeddingKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Shape;

/// The table rows that one row of an embedding adds up.
final class TableRows {
    private TableRows() {}

    /// Makes tables, ids and the result parameters, opens the loop over the rows of the result and declares `row0`,
    /// `row1`, ... as where the table rows start in the weights.
    static void open(EmbeddingKernel kernel, KernelMethod method) {
        View write = kernel.write();
        method.offset("out", write);
        Shape positions = write.shape().slice(0, write.shape().rank() - 1);
        for (int i = 0; i < kernel.tables().size(); i++) {
            method.weight("table" + i, kernel.tables().get(i));
            method.offset("ids" + i, kernel.ids().get(i));
        }
        kernel.norm().ifPresent(norm -> VectorNormEmitter.parameters(norm, method));
        var code = method.code();
        String rows = method.size(positions.elementCount());
        code.addStatement("final int from = worker.from($L)", rows);
        code.addStatement("final int to = worker.to($L)", rows);
        code.beginControlFlow("for (int row = from; row < to; row++)");
        for (int i = 0; i < kernel.tables().size(); i++) {
            View ids = kernel.ids().get(i);
            String place = "ids" + i + RowIndex.of(method, "row", positions, ids, 0);
            code.addStatement(
                    "final long row$1L = WEIGHTS.offset(table$1L) + $2LL * $3T.index($4L, $5L)",
                    i,
                    (long) Float.BYTES * kernel.width(),
                    RuntimeTypes.SIZES,
                    ScalarCode.load(method.array(ids) + "[" + place + "]", ids.element()),
                    kernel.tables().get(i).data().sizes()[0]);
        }
    }
}
