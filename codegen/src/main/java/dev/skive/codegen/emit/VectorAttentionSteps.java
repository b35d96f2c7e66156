package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/// The steps of attention on vectors as methods of their own. They meet in memory: C2 keeps vectors in registers only
/// within a method.
final class VectorAttentionSteps {
    /// Keys past the last one that scores are computed for.
    static final int PADDED_KEYS = 8;

    /// Rows of the tile that products with narrow values go through.
    static final int TILE_ROWS = 8;

    private VectorAttentionSteps() {}

    /// Adds all of them.
    ///
    /// @param narrow whether rows of values do not fill whole panels
    static void add(KernelMethod method, boolean narrow) {
        method.helper(new Microkernel("scores8", 8, Microkernel.Use.SCORES).emit());
        method.helper(new Microkernel("scores4", 4, Microkernel.Use.SCORES).emit());
        for (int rows : List.of(8, 4, 1)) {
            method.helper(new Microkernel("values" + rows, rows, Microkernel.Use.VALUES).emit());
        }
        method.helper(pack());
        method.helper(scores());
        method.helper(maxima());
        method.helper(exponentials());
        method.helper(narrow ? narrowValues() : values());
    }

    private static MethodSpec.Builder helper(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    }

    private static MethodSpec pack() {
        return helper("pack")
                .addJavadoc("Transposes a block of queries to [size][query] and scales them.\n")
                .addParameter(float[].class, "a")
                .addParameter(int.class, "a0")
                .addParameter(int.class, "down")
                .addParameter(int.class, "count")
                .addParameter(int.class, "size")
                .addParameter(float.class, "scale")
                .addParameter(float[].class, "s")
                .beginControlFlow("for (int r = 0; r < count; r++)")
                .beginControlFlow("for (int k = 0; k < size; k++)")
                .addStatement("s[k * PANEL + r] = a[a0 + r * down + k] * scale")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private static MethodSpec scores() {
        return helper("scores")
                .addJavadoc("All keys times the packed queries, plus what each key starts with.\n")
                .addParameter(float[].class, "a")
                .addParameter(int.class, "a0")
                .addParameter(int.class, "down")
                .addParameter(int.class, "keys")
                .addParameter(int.class, "size")
                .addParameter(float[].class, "s")
                .addParameter(int.class, "starts")
                .addParameter(int.class, "to")
                .addStatement("int t = 0")
                .beginControlFlow("for (; BLOCK == 12 && t + 8 <= keys; t += 8)")
                .addStatement("scores8(a, a0 + t * down, down, size, s, 0, s, starts + t, s, to + t * PANEL, PANEL)")
                .endControlFlow()
                .beginControlFlow("for (; t < keys; t += 4)")
                .addStatement("scores4(a, a0 + t * down, down, size, s, 0, s, starts + t, s, to + t * PANEL, PANEL)")
                .endControlFlow()
                .build();
    }

    private static MethodSpec maxima() {
        return helper("maxima")
                .addJavadoc("The largest score of each query.\n")
                .addParameter(float[].class, "s")
                .addParameter(int.class, "from")
                .addParameter(int.class, "end")
                .addParameter(int.class, "to")
                .addStatement("$1T max0 = $1T.broadcast(SPECIES, Float.NEGATIVE_INFINITY)", VectorCode.VECTOR)
                .addStatement("$1T max1 = $1T.broadcast(SPECIES, Float.NEGATIVE_INFINITY)", VectorCode.VECTOR)
                .beginControlFlow("for (int i = from; i < end; i += PANEL)")
                .addStatement("max0 = max0.max($T.fromArray(SPECIES, s, i))", VectorCode.VECTOR)
                .addStatement("max1 = max1.max($T.fromArray(SPECIES, s, i + LANES))", VectorCode.VECTOR)
                .endControlFlow()
                .addStatement("max0.intoArray(s, to)")
                .addStatement("max1.intoArray(s, to + LANES)")
                .build();
    }

    private static MethodSpec exponentials() {
        var method =
                helper("exponentials")
                        .addJavadoc(
                                "Scores to e^(score - maximum), exactly 0 far below it, and their sums per query.\n")
                        .addParameter(float[].class, "s")
                        .addParameter(int.class, "from")
                        .addParameter(int.class, "end")
                        .addParameter(int.class, "sums")
                        .addStatement("final $1T max0 = $1T.fromArray(SPECIES, s, sums)", VectorCode.VECTOR)
                        .addStatement("final $1T max1 = $1T.fromArray(SPECIES, s, sums + LANES)", VectorCode.VECTOR)
                        .addStatement("$1T sum0 = $1T.zero(SPECIES)", VectorCode.VECTOR)
                        .addStatement("$1T sum1 = $1T.zero(SPECIES)", VectorCode.VECTOR)
                        .beginControlFlow("for (int i = from; i < end; i += PANEL)");
        for (int half = 0; half < 2; half++) {
            method.addCode(power(half));
        }
        return method.endControlFlow()
                .addStatement("sum0.intoArray(s, sums)")
                .addStatement("sum1.intoArray(s, sums + LANES)")
                .build();
    }

    /// `2^((score - max) * log2 e)` for arguments of at most 0: rounding by adding 1.5 * 2^23, a polynomial for the
    /// rest, the integer added to the exponent bits; exactly 0 from -127 downwards.
    private static CodeBlock power(int half) {
        String at = half == 0 ? "i" : "i + LANES";
        return CodeBlock.builder()
                .addStatement(
                        "final $1T x$2L = $1T.fromArray(SPECIES, s, $3L).sub(max$2L).mul(1.442695f).max(-127f)",
                        VectorCode.VECTOR,
                        half,
                        at)
                .addStatement("final $1T n$2L = x$2L.add(0x1.8p23f)", VectorCode.VECTOR, half)
                .addStatement("final $1T r$2L = x$2L.sub(n$2L.sub(0x1.8p23f))", VectorCode.VECTOR, half)
                .addStatement(
                        "final $1T p$2L = r$2L.fma($1T.broadcast(SPECIES, 0.00015353359f), $1T.broadcast(SPECIES, 0.0013398876f))"
                                + ".fma(r$2L, $1T.broadcast(SPECIES, 0.009618437f)).fma(r$2L, $1T.broadcast(SPECIES, 0.055503324f))"
                                + ".fma(r$2L, $1T.broadcast(SPECIES, 0.24022648f)).fma(r$2L, $1T.broadcast(SPECIES, 0.6931472f))"
                                + ".fma(r$2L, $1T.broadcast(SPECIES, 1f))",
                        VectorCode.VECTOR,
                        half)
                .addStatement(
                        "final $1T e$2L = p$2L.reinterpretAsInts().add(n$2L.reinterpretAsInts().lanewise($3T.LSHL, 23)).reinterpretAsFloats()",
                        VectorCode.VECTOR,
                        half,
                        VectorCode.OPERATORS)
                .addStatement("e$L.intoArray(s, $L)", half, at)
                .addStatement("sum$1L = sum$1L.add(e$1L)", half)
                .build();
    }

    private static MethodSpec.Builder valuesHelper(String name) {
        return helper(name)
                .addParameter(float[].class, "b")
                .addParameter(int.class, "b0")
                .addParameter(int.class, "step")
                .addParameter(int.class, "keys")
                .addParameter(int.class, "size")
                .addParameter(int.class, "count")
                .addParameter(float[].class, "s")
                .addParameter(int.class, "scores")
                .addParameter(int.class, "sums")
                .addParameter(float[].class, "c")
                .addParameter(int.class, "c0")
                .addParameter(int.class, "stride");
    }

    private static MethodSpec values() {
        return valuesHelper("values")
                .addJavadoc("The scores of a block of queries times the values, divided by the sums.\n")
                .beginControlFlow("for (int j = 0; j < size; j += PANEL)")
                .addStatement("int r = 0")
                .beginControlFlow("for (; BLOCK == 12 && r + 8 <= count; r += 8)")
                .addStatement(
                        "values8(s, scores + r, keys, b, b0 + j, step, s, sums + r, c, c0 + r * stride + j, stride)")
                .endControlFlow()
                .beginControlFlow("for (; r + 4 <= count; r += 4)")
                .addStatement(
                        "values4(s, scores + r, keys, b, b0 + j, step, s, sums + r, c, c0 + r * stride + j, stride)")
                .endControlFlow()
                .beginControlFlow("for (; r < count; r++)")
                .addStatement(
                        "values1(s, scores + r, keys, b, b0 + j, step, s, sums + r, c, c0 + r * stride + j, stride)")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    /// Whole panels are computed, so past the end of a row what follows it is read, but not written.
    private static MethodSpec narrowValues() {
        String call = "(s, scores + r, keys, b, b0 + j, step, s, sums + r, s, tile, PANEL)";
        return valuesHelper("narrowValues")
                .addJavadoc("Like {@code values}, for rows that do not fill whole panels.\n")
                .addStatement("final int tile = scores + (keys + $L) * PANEL + keys + $L", PADDED_KEYS, PADDED_KEYS)
                .beginControlFlow("for (int j = 0; j < size; j += PANEL)")
                .addStatement("final int width = Math.min(PANEL, size - j)")
                .addStatement("int r = 0")
                .beginControlFlow("while (r < count)")
                .addStatement("final int rows = BLOCK == 12 && r + 8 <= count ? 8 : r + 4 <= count ? 4 : 1")
                .beginControlFlow("if (rows == 8)")
                .addStatement("values8" + call)
                .nextControlFlow("else if (rows == 4)")
                .addStatement("values4" + call)
                .nextControlFlow("else")
                .addStatement("values1" + call)
                .endControlFlow()
                .beginControlFlow("for (int i = 0; i < rows; i++, r++)")
                .addStatement("System.arraycopy(s, tile + i * PANEL, c, c0 + r * stride + j, width)")
                .endControlFlow()
                .endControlFlow()
                .endControlFlow()
                .build();
    }
}
