package dev.skive.codegen.emit;

import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.ProductKernel;
import dev.skive.ir.type.Dim;
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
        var steps = new ColumnSteps(kernel);
        steps.parameters(method);
        kernel.residual().ifPresent(residual -> method.offset("residual", residual.view()));
        kernel.norm().ifPresent(norm -> VectorNormEmitter.parameters(norm, method));
        method.offset("out", kernel.output().view());
        boolean ragged = kernel.width() % WIDEST_PANEL != 0;
        VectorProductSteps.add(method, ragged);
        if (!steps.isEmpty()) {
            method.helper(steps.vectors());
        }
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
            var steps = new ColumnSteps(kernel);
            if (!steps.isEmpty()) {
                boolean whole = last.equals("panels");
                steps.call(
                        method,
                        row,
                        count,
                        whole ? "0" : first + " * PANEL",
                        whole
                                ? String.valueOf(kernel.width())
                                : "Math.min(" + last + " * PANEL, " + kernel.width() + ")");
            }
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
