package dev.skive.codegen.emit;

import dev.skive.codegen.plan.EmbeddingKernel;
import dev.skive.codegen.plan.Matrix;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Sums of table rows, element by element.
final class ScalarEmbeddingEmitter implements KernelEmitter<EmbeddingKernel> {

    @Override
    public void emit(EmbeddingKernel kernel, KernelMethod method) {
        View write = kernel.write();
        method.offset("out", write);
        Shape positions = write.shape().slice(0, write.shape().rank() - 1);
        int width = kernel.width();
        for (int i = 0; i < kernel.tables().size(); i++) {
            method.weight("table" + i, kernel.tables().get(i));
            method.offset("ids" + i, kernel.ids().get(i));
        }
        kernel.norm().ifPresent(norm -> VectorNormEmitter.parameters(norm, method));
        var code = method.code();
        String rows = method.size(positions.elementCount());
        code.addStatement("final $T segment = WEIGHTS.segment()", MemorySegment.class);
        code.addStatement("final int from = worker.from($L)", rows);
        code.addStatement("final int to = worker.to($L)", rows);
        code.beginControlFlow("for (int row = from; row < to; row++)");
        for (int i = 0; i < kernel.tables().size(); i++) {
            View ids = kernel.ids().get(i);
            String id =
                    ScalarCode.load(
                            method.array(ids) + "[ids" + i + RowIndex.of(method, "row", positions, ids, 0) + "]",
                            ids.element());
            code.addStatement(
                    "final long row$L = WEIGHTS.offset(table$L) + $LL * $T.index($L, $L)",
                    i,
                    i,
                    4 * width,
                    RuntimeTypes.SIZES,
                    id,
                    kernel.tables().get(i).data().sizes()[0]);
        }
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement("$L[out + row * $L + j] = $L", method.array(write), width, sum(kernel, "segment"));
        code.endControlFlow();
        code.endControlFlow();
        kernel.norm()
                .ifPresent(norm -> {
                    Matrix matrix = write.asMatrix().orElseThrow(AssertionError::new);
                    var target = new ScalarNormEmitter.Rows(method.array(write), "out", matrix);
                    ScalarNormEmitter.call(method, norm, Optional.empty(), target, target);
                });
    }

    /// The sum of element `j` of all rows.
    static String sum(EmbeddingKernel kernel, String segment) {
        return IntStream.range(0, kernel.tables().size())
                .mapToObj(i -> segment + ".get(" + ValueLayout.class.getName() + ".JAVA_FLOAT, row" + i + " + 4L * j)")
                .collect(Collectors.joining(" + "));
    }
}
