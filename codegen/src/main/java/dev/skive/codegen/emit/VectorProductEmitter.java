package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.ProductKernel;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/// Products with packed weights. With few rows, where the weights' bytes count, every worker takes some panels of all
/// rows; with many, every worker takes some rows from the product to the normalization, a chunk at a time so that a
/// chunk stays in the cache. Rows are computed in fours, so up to three rows past the end are written: buffers have room.
final class VectorProductEmitter implements KernelEmitter<ProductKernel> {
    private static final int FEW_ROWS = 48;
    private static final int CHUNK = 192;
    private static final int WIDEST_PANEL = 32;

    @Override
    public void emit(ProductKernel kernel, KernelMethod method) {
        method.offset("in", kernel.input().view());
        method.weight("weight", kernel.weight());
        method.offset("bias", kernel.bias());
        kernel.residual().ifPresent(residual -> method.offset("residual", residual.view()));
        kernel.norm().ifPresent(norm -> VectorNormEmitter.parameters(norm, method));
        method.offset("out", kernel.output().view());
        boolean ragged = kernel.width() % WIDEST_PANEL != 0;
        VectorProductSteps.add(method, ragged);
        kernel.activation().ifPresent(activation -> method.helper(activation(activation)));
        var code = method.code();
        String rows = method.size(kernel.output().rows());
        code.addStatement("final int rows = ($L + 3) & ~3", rows);
        code.addStatement("final int panels = ($L + PANEL - 1) / PANEL", kernel.width());
        code.beginControlFlow("if (rows <= $L)", FEW_ROWS);
        code.addStatement("final int first = worker.from(panels)");
        code.addStatement("final int last = worker.to(panels)");
        new Part("0", "rows", "first", "last").emit(kernel, method);
        if (kernel.residual().isPresent() || kernel.norm().isPresent()) {
            code.addStatement("worker.barrier()");
            code.addStatement("final int from = worker.from($L)", rows);
            code.addStatement("final int to = worker.to($L)", rows);
            finish(kernel, method);
        }
        code.nextControlFlow("else");
        code.addStatement("final int end = worker.to(rows, 4)");
        code.beginControlFlow("for (int chunk = worker.from(rows, 4); chunk < end; chunk += $L)", CHUNK);
        code.addStatement("final int count = Math.min($L, end - chunk)", CHUNK);
        new Part("chunk", "count", "0", "panels").emit(kernel, method);
        if (kernel.residual().isPresent() || kernel.norm().isPresent()) {
            code.addStatement("final int from = chunk");
            code.addStatement("final int to = Math.min(chunk + count, $L)", rows);
            finish(kernel, method);
        }
        code.endControlFlow();
        code.endControlFlow();
    }

    /// Some rows and panels of a product.
    ///
    /// @param row the first row
    /// @param count how many rows
    /// @param first the first panel
    /// @param last the panel after the last
    private record Part(String row, String count, String first, String last) {
        private void emit(ProductKernel kernel, KernelMethod method) {
            Rows in = Rows.of(method, "in", kernel.input());
            Rows out = Rows.of(method, "out", kernel.output());
            boolean ragged = kernel.width() % WIDEST_PANEL != 0;
            String tile =
                    ragged ? ", " + kernel.width() + ", " + method.scratch(Dim.of((long) CHUNK * WIDEST_PANEL)) : "";
            method.code()
                    .addStatement(
                            "$L($L, $L, $L, $L, $L, WEIGHTS.offset(weight), $L, bias, $L, $L, $L, $L, $L$L)",
                            ragged ? "raggedProduct" : "product",
                            in.array(),
                            in.at(method, row),
                            in.stride(method),
                            count,
                            kernel.depth(),
                            method.array(kernel.bias()),
                            first,
                            last,
                            out.array(),
                            out.at(method, row),
                            out.stride(method),
                            tile);
            kernel.activation().ifPresent(activation -> activate(kernel, method, activation));
        }

        private void activate(ProductKernel kernel, KernelMethod method, Elementwise activation) {
            Rows out = Rows.of(method, "out", kernel.output());
            boolean whole = last.equals("panels");
            method.code()
                    .addStatement(
                            "$L($L, $L, $L, $L, $L, $L)",
                            activationName(activation),
                            out.array(),
                            out.at(method, row),
                            out.stride(method),
                            count,
                            whole ? "0" : first + " * PANEL",
                            whole ? kernel.width() : "Math.min(" + last + " * PANEL, " + kernel.width() + ")");
        }
    }

    /// Residual and normalization of the rows `from` to `to`.
    private static void finish(ProductKernel kernel, KernelMethod method) {
        Rows rows = Rows.of(method, "out", kernel.output());
        if (kernel.norm().isPresent()) {
            VectorNormEmitter.call(method, kernel.norm().get(), kernel.residual(), rows, rows);
            return;
        }
        Rows residual = Rows.of(method, "residual", kernel.residual().orElseThrow());
        method.helper(addRow());
        method.code().beginControlFlow("for (int row = from; row < to; row++)");
        method.code()
                .addStatement(
                        "addRow($L, $L, $L, $L, $L)",
                        rows.array(),
                        rows.at(method, "row"),
                        residual.array(),
                        residual.at(method, "row"),
                        kernel.width());
        method.code().endControlFlow();
    }

    private static String activationName(Elementwise activation) {
        return "apply" + activation.getClass().getSimpleName() + suffix(activation);
    }

    /// Tells forms of one operator apart: `Gelu(TANH)` gives `Tanh`.
    private static String suffix(Elementwise activation) {
        String attributes = activation.toString().replaceAll("^[^\\[]*\\[|\\]$", "");
        return attributes.isEmpty()
                ? ""
                : Identifiers.className(attributes.replaceAll("[a-zA-Z]+=", "").toLowerCase(Locale.ROOT));
    }

    /// A method that applies an activation in place to some columns of some rows.
    private static MethodSpec activation(Elementwise activation) {
        ScalarExpr formula = activation.expression();
        var code = CodeBlock.builder();
        code.beginControlFlow("for (int row = 0; row < rows; row++)");
        code.addStatement("final int end = c0 + row * stride + to");
        code.addStatement("int j = c0 + row * stride + from");
        if (VectorExpression.supports(formula)) {
            code.beginControlFlow("for (; j + LANES <= end; j += LANES)");
            code.addStatement("final $1T x = $1T.fromArray(SPECIES, c, j)", VectorCode.VECTOR);
            String result = new VectorExpression(code, List.of("x")).write(formula);
            code.addStatement("$L.intoArray(c, j)", result);
            code.endControlFlow();
        }
        code.beginControlFlow("for (; j < end; j++)");
        var scalar = new ScalarCode(List.of("c[j]"), ImmutableList.of(ElementType.FLOAT32), ElementType.FLOAT32);
        code.addStatement("c[j] = $L", scalar.print(formula));
        code.endControlFlow();
        code.endControlFlow();
        return MethodSpec.methodBuilder(activationName(activation))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc(
                        "$L in place, columns {@code from} to {@code to} of some rows.\n",
                        activation.getClass().getSimpleName())
                .addParameter(float[].class, "c")
                .addParameter(int.class, "c0")
                .addParameter(int.class, "stride")
                .addParameter(int.class, "rows")
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addCode(code.build())
                .build();
    }

    private static MethodSpec addRow() {
        return MethodSpec.methodBuilder("addRow")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(float[].class, "x")
                .addParameter(int.class, "x0")
                .addParameter(float[].class, "y")
                .addParameter(int.class, "y0")
                .addParameter(int.class, "width")
                .addStatement("int j = 0")
                .beginControlFlow("for (; j + LANES <= width; j += LANES)")
                .addStatement(
                        "$1T.fromArray(SPECIES, x, x0 + j).add($1T.fromArray(SPECIES, y, y0 + j)).intoArray(x, x0 + j)",
                        VectorCode.VECTOR)
                .endControlFlow()
                .beginControlFlow("for (; j < width; j++)")
                .addStatement("x[x0 + j] += y[y0 + j]")
                .endControlFlow()
                .build();
    }
}
