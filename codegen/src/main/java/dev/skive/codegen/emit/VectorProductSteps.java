package dev.skive.codegen.emit;

import com.palantir.javapoet.MethodSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/// The loops around the microkernels of products. Long sums are cut into parts that start at zero and are added up, which
/// keeps rounding errors small and a part of a panel in the first-level cache.
final class VectorProductSteps {
    private static final int LONGEST_SUM = 384;

    private VectorProductSteps() {}

    /// Adds all of them.
    static void add(KernelMethod method, boolean ragged) {
        for (int rows : List.of(12, 8, 4)) {
            method.helper(new Microkernel("product" + rows, rows, Microkernel.Use.WEIGHTS).emit());
        }
        method.helper(product());
        method.helper(part());
        if (ragged) {
            method.helper(raggedProduct());
        }
    }

    private static MethodSpec.Builder panels(String name) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(float[].class, "a")
                .addParameter(int.class, "a0")
                .addParameter(int.class, "down")
                .addParameter(int.class, "rows")
                .addParameter(int.class, "depth")
                .addParameter(long.class, "weights")
                .addParameter(float[].class, "bias")
                .addParameter(int.class, "bias0")
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addParameter(float[].class, "c")
                .addParameter(int.class, "c0")
                .addParameter(int.class, "stride");
    }

    private static MethodSpec product() {
        return panels("product")
                .addJavadoc(
                        "Panels {@code from} to {@code to} of some rows, a multiple of 4, times a weight, plus bias.\n")
                .addStatement("final int parts = (depth + $L) / $L", LONGEST_SUM - 1, LONGEST_SUM)
                .addStatement("final int step = (depth + parts - 1) / parts")
                .beginControlFlow("for (int p = from; p < to; p++)")
                .addStatement("final long panel = weights + PANEL_BYTES * depth * p")
                .addStatement("final int at = c0 + p * PANEL")
                .addStatement(
                        "part(a, a0, down, rows, Math.min(step, depth), panel, bias, bias0 + p * PANEL, 0, c, at, stride)")
                .beginControlFlow("for (int k = step; k < depth; k += step)")
                .addStatement(
                        "part(a, a0 + k, down, rows, Math.min(step, depth - k), panel + PANEL_BYTES * k,"
                                + " c, at, stride, c, at, stride)")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private static MethodSpec part() {
        String call =
                "(a, a0 + r * down, down, depth, panel, base, base0 + r * baseStride, baseStride,"
                        + " c, c0 + r * stride, stride)";
        return MethodSpec.methodBuilder("part")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc("A part of the sums of one panel, added to what {@code base} holds.\n")
                .addParameter(float[].class, "a")
                .addParameter(int.class, "a0")
                .addParameter(int.class, "down")
                .addParameter(int.class, "rows")
                .addParameter(int.class, "depth")
                .addParameter(long.class, "panel")
                .addParameter(float[].class, "base")
                .addParameter(int.class, "base0")
                .addParameter(int.class, "baseStride")
                .addParameter(float[].class, "c")
                .addParameter(int.class, "c0")
                .addParameter(int.class, "stride")
                .addStatement("int r = 0")
                .beginControlFlow("for (; BLOCK == 12 && r + 12 <= rows; r += 12)")
                .addStatement("product12" + call)
                .endControlFlow()
                .beginControlFlow("for (; BLOCK == 12 && r + 8 <= rows; r += 8)")
                .addStatement("product8" + call)
                .endControlFlow()
                .beginControlFlow("for (; r < rows; r += 4)")
                .addStatement("product4" + call)
                .endControlFlow()
                .build();
    }

    private static MethodSpec raggedProduct() {
        return panels("raggedProduct")
                .addJavadoc("The same where the last panel is wider than what is left of the columns.\n")
                .addParameter(int.class, "width")
                .addParameter(float[].class, "tile")
                .addStatement("final int whole = Math.min(to, width / PANEL)")
                .addStatement("product(a, a0, down, rows, depth, weights, bias, bias0, from, whole, c, c0, stride)")
                .beginControlFlow("if (to > whole)")
                .addStatement("final int done = whole * PANEL")
                .addStatement(
                        "product(a, a0, down, rows, depth, weights + PANEL_BYTES * depth * whole, bias,"
                                + " bias0 + done, 0, 1, tile, 0, PANEL)")
                .beginControlFlow("for (int r = 0; r < rows; r++)")
                .addStatement("System.arraycopy(tile, r * PANEL, c, c0 + r * stride + done, width - done)")
                .endControlFlow()
                .endControlFlow()
                .build();
    }
}
