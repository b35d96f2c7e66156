package dev.skive.codegen.emit;

import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.ConvKernel;
import javax.lang.model.element.Modifier;

/// Convolutions over a few positions, which would leave most lanes of a panel empty: what the window of each position sees
/// is gathered in a row, and the rows of the weight are multiplied with it, lane by lane, the lanes added up at the end.
final class VectorDots {
    private static final int ROWS = 4;

    private VectorDots() {}

    /// True, in generated code, when rows are faster than a panel: folding lanes costs as much as some more elements.
    static String condition(String depth) {
        return "width * (" + depth + " + 64) <= 8 * " + depth;
    }

    /// Gathers the rows and multiplies them with the rows `first` to `end` of the weight.
    ///
    /// @param source where the window at `at` starts, `position + p` being the position
    /// @param call the arguments for the weight, the bias and the result
    static void emit(ConvKernel kernel, KernelMethod method, String source, String call) {
        method.helper(products());
        method.helper(dots(ROWS));
        method.helper(dots(1));
        var code = method.code();
        code.beginControlFlow("for (int p = 0, at = 0; p < width; p++)");
        code.addStatement("final int start = $L", source);
        code.beginControlFlow("for (int c = 0; c < $L; c++)", method.size(ConvLoops.channels(kernel)));
        code.addStatement("final int channel = start + c * $L", method.size(kernel.frame().plane()));
        ConvLoops.open(kernel, method);
        code.addStatement("panel[at++] = x[channel$L]", ConvLoops.tap(kernel, method));
        ConvLoops.close(kernel, method);
        code.endControlFlow();
        code.endControlFlow();
        code.addStatement("dotProducts($L)", call);
    }

    private static MethodSpec products() {
        var method =
                MethodSpec.methodBuilder("dotProducts")
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addJavadoc(
                                "Rows {@code first} to {@code end} of a weight times rows of the same length, plus bias.\n")
                        .addParameter(float[].class, "w")
                        .addParameter(int.class, "w0")
                        .addParameter(int.class, "depth")
                        .addParameter(int.class, "first")
                        .addParameter(int.class, "end")
                        .addParameter(float[].class, "x")
                        .addParameter(int.class, "width")
                        .addParameter(float[].class, "bias")
                        .addParameter(int.class, "bias0")
                        .addParameter(float[].class, "y")
                        .addParameter(int.class, "y0")
                        .addParameter(int.class, "stride");
        String call = "(w, w0 + r * depth, depth, x, p * depth, bias, bias0 + r, y, y0 + r * stride + p, stride)";
        method.addStatement("int r = first");
        for (int rows : new int[] {ROWS, 1}) {
            method.beginControlFlow("for (; r + $1L <= end; r += $1L)", rows);
            method.beginControlFlow("for (int p = 0; p < width; p++)");
            method.addStatement("dots$L$L", rows, call);
            method.endControlFlow();
            method.endControlFlow();
        }
        return method.build();
    }

    private static MethodSpec dots(int rows) {
        var method =
                MethodSpec.methodBuilder("dots" + rows)
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addParameter(float[].class, "w")
                        .addParameter(int.class, "w0")
                        .addParameter(int.class, "depth")
                        .addParameter(float[].class, "x")
                        .addParameter(int.class, "x0")
                        .addParameter(float[].class, "bias")
                        .addParameter(int.class, "bias0")
                        .addParameter(float[].class, "y")
                        .addParameter(int.class, "y0")
                        .addParameter(int.class, "stride");
        for (int row = 0; row < rows; row++) {
            method.addStatement("$1T s$2L = $1T.zero(SPECIES)", VectorCode.VECTOR, row);
        }
        method.addStatement("int k = 0");
        method.beginControlFlow("for (; k + LANES <= depth; k += LANES)");
        step(method, rows, "");
        method.endControlFlow();
        method.beginControlFlow("if (k < depth)");
        method.addStatement("final $T<Float> rest = SPECIES.indexInRange(k, depth)", VectorCode.MASK);
        step(method, rows, ", rest");
        method.endControlFlow();
        method.beginControlFlow("for ($T<Float> fold : FOLDS)", VectorCode.SHUFFLE);
        for (int row = 0; row < rows; row++) {
            method.addStatement("s$1L = s$1L.add(s$1L.rearrange(fold))", row);
        }
        method.endControlFlow();
        for (int row = 0; row < rows; row++) {
            method.addStatement("y[y0 + $1L * stride] = s$1L.lane(0) + bias[bias0 + $1L]", row);
        }
        return method.build();
    }

    private static void step(MethodSpec.Builder method, int rows, String mask) {
        method.addStatement("final $1T v = $1T.fromArray(SPECIES, x, x0 + k$2L)", VectorCode.VECTOR, mask);
        for (int row = 0; row < rows; row++) {
            method.addStatement(
                    "s$2L = $1T.fromArray(SPECIES, w, w0 + $2L * depth + k$3L).fma(v, s$2L)",
                    VectorCode.VECTOR,
                    row,
                    mask);
        }
    }
}
