package dev.skive.codegen.emit;

import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.Matrix;
import dev.skive.codegen.plan.Norm;
import dev.skive.codegen.plan.NormKernel;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/// Normalization of rows in plain loops.
final class ScalarNormEmitter implements KernelEmitter<NormKernel> {
    @Override
    public void emit(NormKernel kernel, KernelMethod method) {
        String out = method.offset("out", kernel.output().view());
        String in = method.offset("in", kernel.input().view());
        kernel.residual().ifPresent(residual -> method.offset("residual", residual.view()));
        VectorNormEmitter.parameters(kernel.norm(), method);
        String rows = method.size(kernel.output().rows());
        method.code().addStatement("final int from = worker.from($L)", rows);
        method.code().addStatement("final int to = worker.to($L)", rows);
        var source = Rows.of(method, in, kernel.input());
        var target = Rows.of(method, out, kernel.output());
        call(method, kernel.norm(), kernel.residual(), source, target);
    }

    /// Writes the normalization of rows `from` to `to`.
    static void call(KernelMethod method, Norm norm, Optional<Matrix> residual, Rows source, Rows target) {
        String width = method.size(target.matrix().columns());
        var code = method.code();
        code.beginControlFlow("for (int row = from; row < to; row++)");
        code.addStatement("final int x = $L", source.at(method, "row"));
        code.addStatement("final int y = $L", target.at(method, "row"));
        residual.ifPresent(
                matrix -> code.addStatement("final int z = residual + row * $L", method.size(matrix.rowStride())));
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement(
                "$L[y + j] = $L[x + j]$L",
                target.array(),
                source.array(),
                residual.map(matrix -> " + " + method.array(matrix.view()) + "[z + j]").orElse(""));
        code.endControlFlow();
        MethodSpec moment = moment();
        method.helper(moment);
        if (norm.centered()) {
            MethodSpec sum = sum();
            method.helper(sum);
            code.addStatement("final float mean = sum($L, y, $L) / $L", target.array(), width, width);
        } else {
            code.addStatement("final float mean = 0f");
        }
        code.addStatement(
                "final float factor = (float) (1 / Math.sqrt(squares($L, y, $L, mean) / $L + $Lf))",
                target.array(),
                width,
                width,
                Float.toString((float) norm.epsilon()));
        String shift = norm.bias().map(bias -> " + " + method.array(bias) + "[shift + j]").orElse("");
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement(
                "$1L[y + j] = ($1L[y + j] - mean) * factor * $2L[scale + j]$3L",
                target.array(),
                method.array(norm.scale()),
                shift);
        code.endControlFlow();
        code.endControlFlow();
    }

    /// The sum of a row with four running sums, since C2 keeps the order of a single one.
    private static MethodSpec sum() {
        return fourfold("sum", "x[from + j + $1L]", false);
    }

    private static MethodSpec moment() {
        return fourfold("squares", "(x[from + j + $1L] - mean) * (x[from + j + $1L] - mean)", true);
    }

    private static MethodSpec fourfold(String name, String term, boolean mean) {
        var method =
                MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .returns(float.class)
                        .addParameter(float[].class, "x")
                        .addParameter(int.class, "from")
                        .addParameter(int.class, "width");
        if (mean) {
            method.addParameter(float.class, "mean");
        }
        method.addStatement("float s0 = 0, s1 = 0, s2 = 0, s3 = 0");
        method.addStatement("int j = 0");
        method.beginControlFlow("for (; j + 4 <= width; j += 4)");
        for (int i = 0; i < 4; i++) {
            method.addStatement("s$1L += " + term, i);
        }
        method.endControlFlow();
        method.beginControlFlow("for (; j < width; j++)");
        method.addStatement("s0 += " + term, 0);
        method.endControlFlow();
        method.addStatement("return (s0 + s1) + (s2 + s3)");
        return method.build();
    }
}
