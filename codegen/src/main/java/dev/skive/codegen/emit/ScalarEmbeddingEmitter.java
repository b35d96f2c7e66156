package dev.skive.codegen.emit;

import dev.skive.codegen.plan.EmbeddingKernel;
import dev.skive.codegen.plan.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Sums of table rows, element by element.
final class ScalarEmbeddingEmitter implements KernelEmitter<EmbeddingKernel> {

    @Override
    public void emit(EmbeddingKernel kernel, KernelMethod method) {
        method.code().addStatement("final $T segment = WEIGHTS.segment()", MemorySegment.class);
        TableRows.open(kernel, method);
        var code = method.code();
        int width = kernel.width();
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement("$L[out + row * $L + j] = $L", method.array(kernel.write()), width, sum(kernel, "segment"));
        code.endControlFlow();
        code.endControlFlow();
        kernel.norm()
                .ifPresent(norm -> {
                    Matrix matrix = kernel.write().asMatrix().orElseThrow(AssertionError::new);
                    var target = Rows.of(method, "out", matrix);
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
