package dev.skive.codegen.emit;

import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.Matrix;
import dev.skive.codegen.plan.ProductKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/// Products in loops that C2 vectorizes: every weight row and every result row is an array of its own, read at the same
/// index. Blocks of result rows pass by eight weight rows at a time; eight products are added up before they join the sum,
/// which keeps rounding errors small.
final class ScalarProductEmitter implements KernelEmitter<ProductKernel> {
    private static final int BLOCK = 32;
    private static final int STEP = 8;

    @Override
    public void emit(ProductKernel kernel, KernelMethod method) {
        method.offset("in", kernel.input().view());
        method.weight("weight", kernel.weight());
        method.offset("bias", kernel.bias());
        var steps = new ColumnSteps(kernel);
        steps.parameters(method);
        kernel.residual().ifPresent(residual -> method.offset("residual", residual.view()));
        kernel.norm().ifPresent(norm -> VectorNormEmitter.parameters(norm, method));
        method.offset("out", kernel.output().view());
        helpers(method);
        var code = method.code();
        code.addStatement("final float[][] weights = WEIGHTS.rows(weight)");
        code.addStatement("final float[][] sums = $L", method.scratchRows(Dim.of(BLOCK), Dim.of(kernel.width())));
        String rows = method.size(kernel.output().rows());
        code.addStatement("final int end = worker.to($L)", rows);
        code.beginControlFlow("for (int block = worker.from($L); block < end; block += $L)", rows, BLOCK);
        code.addStatement("final int count = Math.min($L, end - block)", BLOCK);
        code.addStatement(
                "product($L, in + block * $L, $L, count, weights, $L, bias, $L, sums)",
                method.array(kernel.input().view()),
                method.size(kernel.input().rowStride()),
                method.size(kernel.input().rowStride()),
                method.array(kernel.bias()),
                kernel.width());
        code.beginControlFlow("for (int r = 0; r < count; r++)");
        code.addStatement("final float[] sum = sums[r]");
        if (!steps.isEmpty()) {
            steps(kernel, method);
        }
        store(kernel, method);
        code.endControlFlow();
        kernel.norm()
                .ifPresent(norm -> {
                    code.addStatement("final int from = block");
                    code.addStatement("final int to = block + count");
                    var target = Rows.of(method, "out", kernel.output());
                    ScalarNormEmitter.call(method, norm, kernel.residual(), target, target);
                });
        code.endControlFlow();
    }

    private static void steps(ProductKernel kernel, KernelMethod method) {
        var code = method.code();
        kernel.scale().ifPresent(scale -> columns(method, "factor", scale));
        kernel.shift().ifPresent(shift -> columns(method, "summand", shift));
        code.beginControlFlow("for (int j = 0; j < $L; j++)", kernel.width());
        new ColumnSteps(kernel).scalars(code, "sum[j]");
        code.endControlFlow();
    }

    private static void columns(KernelMethod method, String name, View view) {
        method.code().addStatement("final float[] $L = $L", name, method.array(view));
        method.code().addStatement("final int $1L0 = $1Ls", name);
    }

    private static void store(ProductKernel kernel, KernelMethod method) {
        String place = "out + (block + r) * " + method.size(kernel.output().rowStride());
        if (kernel.residual().isPresent() && kernel.norm().isEmpty()) {
            Matrix residual = kernel.residual().get();
            method.code().beginControlFlow("for (int j = 0; j < $L; j++)", kernel.width());
            method.code()
                    .addStatement(
                            "sum[j] += $L[residual + (block + r) * $L + j]",
                            method.array(residual.view()),
                            method.size(residual.rowStride()));
            method.code().endControlFlow();
        }
        method.code()
                .addStatement(
                        "System.arraycopy(sum, 0, $L, $L, $L)",
                        method.array(kernel.output().view()),
                        place,
                        kernel.width());
    }

    /// Adds the methods that `product` consists of.
    static void helpers(KernelMethod method) {
        method.helper(product());
        method.helper(add(2));
        method.helper(add(1));
        method.helper(addOne());
    }

    private static MethodSpec product() {
        String eight = IntStream.range(0, STEP).mapToObj(i -> "w[k + " + i + "]").collect(Collectors.joining(", "));
        return MethodSpec.methodBuilder("product")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc("Some rows times a weight, plus bias, into arrays of their own.\n")
                .addParameter(float[].class, "a")
                .addParameter(int.class, "a0")
                .addParameter(int.class, "down")
                .addParameter(int.class, "rows")
                .addParameter(float[][].class, "w")
                .addParameter(float[].class, "bias")
                .addParameter(int.class, "bias0")
                .addParameter(int.class, "width")
                .addParameter(float[][].class, "c")
                .beginControlFlow("for (int r = 0; r < rows; r++)")
                .addStatement("System.arraycopy(bias, bias0, c[r], 0, width)")
                .endControlFlow()
                .addStatement("final int eights = w.length - w.length % $L", STEP)
                .beginControlFlow("for (int k = 0; k < eights; k += $L)", STEP)
                .addStatement("int r = 0")
                .beginControlFlow("for (; r + 2 <= rows; r += 2)")
                .addStatement("add8x2(a, a0 + r * down + k, a0 + (r + 1) * down + k, $L, width, c[r], c[r + 1])", eight)
                .endControlFlow()
                .beginControlFlow("if (r < rows)")
                .addStatement("add8x1(a, a0 + r * down + k, $L, width, c[r])", eight)
                .endControlFlow()
                .endControlFlow()
                .beginControlFlow("for (int k = eights; k < w.length; k++)")
                .beginControlFlow("for (int r = 0; r < rows; r++)")
                .addStatement("add1(a[a0 + r * down + k], w[k], width, c[r])")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    /// Adds eight weight rows, each times an element of a result row's operand, to one or two result rows.
    static MethodSpec add(int rows) {
        var method =
                MethodSpec.methodBuilder("add8x" + rows)
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addParameter(float[].class, "a");
        for (int row = 0; row < rows; row++) {
            method.addParameter(int.class, "a" + row);
        }
        for (int i = 0; i < STEP; i++) {
            method.addParameter(float[].class, "b" + i);
        }
        method.addParameter(int.class, "width");
        for (int row = 0; row < rows; row++) {
            method.addParameter(float[].class, "c" + row);
        }
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < STEP; i++) {
                method.addStatement("final float x$L_$L = a[a$L + $L]", row, i, row, i);
            }
        }
        method.beginControlFlow("for (int j = 0; j < width; j++)");
        for (int i = 0; i < STEP; i++) {
            method.addStatement("final float y$L = b$L[j]", i, i);
        }
        for (int row = 0; row < rows; row++) {
            String sum = "x" + row + "_0 * y0";
            for (int i = 1; i < STEP; i++) {
                sum = "Math.fma(x" + row + "_" + i + ", y" + i + ", " + sum + ")";
            }
            method.addStatement("c$L[j] += $L", row, sum);
        }
        return method.endControlFlow().build();
    }

    /// Adds one weight row times a number to a result row.
    static MethodSpec addOne() {
        return MethodSpec.methodBuilder("add1")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(float.class, "x")
                .addParameter(float[].class, "b")
                .addParameter(int.class, "width")
                .addParameter(float[].class, "c")
                .beginControlFlow("for (int j = 0; j < width; j++)")
                .addStatement("c[j] = Math.fma(x, b[j], c[j])")
                .endControlFlow()
                .build();
    }
}
