package dev.skive.codegen.emit;

import dev.skive.codegen.plan.EmbeddingKernel;
import dev.skive.codegen.plan.Matrix;
import java.util.Optional;

/// Sums of table rows, straight from the weights.
final class VectorEmbeddingEmitter implements KernelEmitter<EmbeddingKernel> {
    private static final int WIDEST_LANES = 16;

    @Override
    public void emit(EmbeddingKernel kernel, KernelMethod method) {
        TableRows.open(kernel, method);
        sum(kernel, method, kernel.width());
        method.code().endControlFlow();
        kernel.norm()
                .ifPresent(norm -> {
                    Matrix matrix = kernel.write().asMatrix().orElseThrow(AssertionError::new);
                    var target = Rows.of(method, "out", matrix);
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
