package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.RecurrentKernel;
import dev.skive.codegen.plan.View;
import dev.skive.codegen.plan.Weight;
import dev.skive.ir.op.Gru;
import dev.skive.ir.type.Dim;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/// One row, the hidden state, times its weights. A GRU has two such products: of its gates, and of its candidate.
///
/// @param kernel the recurrent kernel
/// @param method its method
/// @param onVectors whether the Vector API is used
record HiddenProduct(RecurrentKernel kernel, KernelMethod method, boolean onVectors) {
    /// Stands for the weighted input as what a product is added to.
    static final Optional<String> INPUT = Optional.of("");

    private static final int LONGEST_SUM = 384;
    private static final int PANELS = 4;

    /// Adds what the products need to the method's parameters.
    void parameters() {
        List<Weight> packed = kernel.hidden().packed();
        for (int i = 0; i < packed.size(); i++) {
            method.weight("weight" + i, packed.get(i));
        }
        kernel.hidden().view().ifPresent(view -> method.offset("weights", view));
        if (!packed.isEmpty() && onVectors) {
            method.helper(rowProduct());
            method.helper(panels(PANELS));
            method.helper(panels(1));
        } else if (!packed.isEmpty()) {
            ScalarProductEmitter.helpers(method);
        }
    }

    /// Writes a product.
    ///
    /// @param part which gates: all or the first two of a GRU (0), or the candidate of a GRU (1)
    /// @param row where the row lies
    /// @param target where the sums go
    /// @param base what they are added to: the input, an array from `vector` on, or nothing
    void emit(int part, String row, String target, Optional<String> base) {
        CodeBlock.Builder code = method.code();
        String first = part == 0 ? "" : " + 2 * units";
        int gates = kernel.op() instanceof Gru ? 2 - part : kernel.op().gates();
        String width = gates == 1 ? "units" : gates + " * units";
        if (base.isEmpty()) {
            code.addStatement("$T.fill(states, $L, $L + $L, 0)", java.util.Arrays.class, target, target, width);
        } else if (base.equals(INPUT)) {
            code.addStatement(
                    "System.arraycopy($L, from$L, states, $L, $L)", method.array(kernel.input()), first, target, width);
        } else {
            code.addStatement("System.arraycopy($L, vector, states, $L, $L)", base.get(), target, width);
        }
        if (kernel.hidden().view().isPresent()) {
            plain(kernel.hidden().view().get(), row, target, first, width);
        } else if (onVectors) {
            code.addStatement(
                    "rowProduct(states, $L, units, WEIGHTS.offset(weight$L), ($L + PANEL - 1) / PANEL, $L)",
                    row,
                    part,
                    width,
                    target);
        } else {
            String sums = method.scratchRows(Dim.ONE, Dim.of(kernel.hidden().packed().get(part).data().sizes()[1]));
            code.addStatement(
                    "product(states, $L, 0, 1, WEIGHTS.rows(weight$L), states, $L, $L, $L)",
                    row,
                    part,
                    target,
                    width,
                    sums);
            code.addStatement("System.arraycopy($L[0], 0, states, $L, $L)", sums, target, width);
        }
    }

    private void plain(View weights, String row, String target, String first, String width) {
        CodeBlock.Builder code = method.code();
        String type = ScalarCode.javaType(weights.element());
        code.beginControlFlow("for (int k = 0; k < units; k++)");
        code.addStatement("final $L x = states[$L + k]", type, row);
        String column =
                first.isEmpty() ? "" : method.step("2 * units", weights.stride(1)).replace("2 * units", "(2 * units)");
        code.addStatement("final int place = weights$L$L", method.step("k", weights.stride(0)), column);
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement(
                "states[$L + j] += x * $L[place$L]",
                target,
                method.array(weights),
                method.step("j", weights.stride(1)));
        code.endControlFlow();
        code.endControlFlow();
    }

    private static MethodSpec.Builder product(String name) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(float[].class, "a")
                .addParameter(int.class, "a0")
                .addParameter(int.class, "depth")
                .addParameter(long.class, "weights");
    }

    /// Several panels give the processor enough independent sums; long sums are cut into parts.
    private static MethodSpec rowProduct() {
        return product("rowProduct")
                .addJavadoc("Adds one row times a weight to what is at {@code c0}, whole panels of it.\n")
                .addParameter(int.class, "panels")
                .addParameter(int.class, "c0")
                .addStatement("final long next = PANEL_BYTES * depth")
                .beginControlFlow("for (int k = 0; k < depth; k += $L)", LONGEST_SUM)
                .addStatement("final int part = Math.min($L, depth - k)", LONGEST_SUM)
                .addStatement("long panel = weights + PANEL_BYTES * k")
                .addStatement("int p = 0")
                .beginControlFlow("for (; p + $1L <= panels; p += $1L, panel += $1L * next)", PANELS)
                .addStatement("rowPanels$L(a, a0 + k, part, panel, next, c0 + p * PANEL)", PANELS)
                .endControlFlow()
                .beginControlFlow("for (; p < panels; p++, panel += next)")
                .addStatement("rowPanels1(a, a0 + k, part, panel, next, c0 + p * PANEL)")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private static MethodSpec panels(int count) {
        var method = product("rowPanels" + count).addParameter(long.class, "next").addParameter(int.class, "c0");
        method.addStatement("final $1T zero = $1T.zero(SPECIES)", VectorCode.VECTOR);
        for (int i = 0; i < 2 * count; i++) {
            method.addStatement("$T s$L = zero", VectorCode.VECTOR, i);
        }
        method.addStatement("long p = weights");
        method.beginControlFlow("for (int k = 0; k < depth; k++, p += PANEL_BYTES)");
        method.addStatement("final $1T x = $1T.broadcast(SPECIES, a[a0 + k])", VectorCode.VECTOR);
        for (int i = 0; i < 2 * count; i++) {
            String place = "p" + (i < 2 ? "" : " + " + (i / 2 == 1 ? "" : i / 2 + " * ") + "next");
            method.addStatement(
                    "s$1L = x.fma($2T.fromMemorySegment(SPECIES, W, $3L, ORDER), s$1L)",
                    i,
                    VectorCode.VECTOR,
                    place + (i % 2 == 0 ? "" : " + VECTOR_BYTES"));
        }
        method.endControlFlow();
        for (int i = 0; i < 2 * count; i++) {
            String place = "c0" + (i == 0 ? "" : " + " + i + " * LANES");
            method.addStatement(
                    "s$L.add($T.fromArray(SPECIES, a, $L)).intoArray(a, $L)", i, VectorCode.VECTOR, place, place);
        }
        return method.build();
    }
}
