package dev.skive.codegen.emit;

import dev.skive.codegen.plan.EmbeddingKernel;
import dev.skive.codegen.plan.Matrix;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// Sums of table rows, straight from the weights.
final class VectorEmbeddingEmitter implements KernelEmitter<EmbeddingKernel> {
    private static final int WIDEST_LANES = 16;

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
        sum(kernel, method, width);
        code.endControlFlow();
        kernel.norm()
                .ifPresent(norm -> {
                    Matrix matrix = write.asMatrix().orElseThrow(AssertionError::new);
                    var target = new VectorNormEmitter.Rows(method.array(write), "out", matrix);
                    VectorNormEmitter.call(method, norm, Optional.empty(), target, target);
                });
    }

    private static void sum(EmbeddingKernel kernel, KernelMethod method, int width) {
        var code = method.code();
        String array = method.array(kernel.write());
        int vectors = width - width % WIDEST_LANES;
        code.beginControlFlow("for (int j = 0; j < $L; j += LANES)", vectors);
        code.addStatement("$1T sum = $1T.fromMemorySegment(SPECIES, W, row0 + 4L * j, ORDER)", VectorCode.VECTOR);
        for (int i = 1; i < kernel.tables().size(); i++) {
            code.addStatement(
                    "sum = sum.add($T.fromMemorySegment(SPECIES, W, row$L + 4L * j, ORDER))", VectorCode.VECTOR, i);
        }
        code.addStatement("sum.intoArray($L, out + row * $L + j)", array, width);
        code.endControlFlow();
        if (vectors < width) {
            code.beginControlFlow("for (int j = $L; j < $L; j++)", vectors, width);
            code.addStatement("$L[out + row * $L + j] = $L", array, width, ScalarEmbeddingEmitter.sum(kernel, "W"));
            code.endControlFlow();
        }
    }
}
