package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.NormKernel;
import dev.skive.ir.type.ElementType;

/// Normalization of rows of float64 in plain loops, each sum in order.
final class DoubleNormEmitter implements KernelEmitter<NormKernel> {
    /// True for kernels this is for.
    static boolean applies(NormKernel kernel) {
        return kernel.output().view().element() == ElementType.FLOAT64;
    }

    @Override
    public void emit(NormKernel kernel, KernelMethod method) {
        if (kernel.residual().isPresent()) {
            throw new AssertionError("only float32 is fused with sums: " + kernel);
        }
        method.offset("out", kernel.output().view());
        method.offset("in", kernel.input().view());
        VectorNormEmitter.parameters(kernel.norm(), method);
        String width = method.size(kernel.output().columns());
        String rows = method.size(kernel.output().rows());
        String x = method.array(kernel.input().view()) + "[x + j]";
        String y = method.array(kernel.output().view()) + "[y + j]";
        CodeBlock.Builder code = method.code();
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.addStatement("final int x = in + row * $L", method.size(kernel.input().rowStride()));
        code.addStatement("final int y = out + row * $L", method.size(kernel.output().rowStride()));
        code.addStatement("double mean = 0");
        if (kernel.norm().centered()) {
            overRow(code, width, "mean += " + x);
            code.addStatement("mean /= $L", width);
        }
        code.addStatement("double squares = 0");
        overRow(code, width, "squares += (" + x + " - mean) * (" + x + " - mean)");
        String epsilon = Double.toString(kernel.norm().epsilon());
        code.addStatement("final double deviation = Math.sqrt(squares / $L + $L)", width, epsilon);
        String scale = method.array(kernel.norm().scale()) + "[scale + j]";
        String shift = kernel.norm().bias().map(bias -> " + " + method.array(bias) + "[shift + j]").orElse("");
        overRow(code, width, y + " = (" + x + " - mean) / deviation * " + scale + shift);
        code.endControlFlow();
    }

    private static void overRow(CodeBlock.Builder code, String width, String statement) {
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement("$L", statement);
        code.endControlFlow();
    }
}
