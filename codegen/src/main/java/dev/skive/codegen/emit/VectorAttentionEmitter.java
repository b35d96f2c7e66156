package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.AttentionKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import java.util.List;
import javax.lang.model.element.Modifier;

/// Attention with queries in the lanes: a block of queries of one head is packed, scores lie as `[key][query]`, softmax
/// runs down the keys without a reduction across lanes, and the scores are at once the left operand of the product with
/// the values. Keys and values are read where they lie. Scores never take more than one block of queries.
final class VectorAttentionEmitter implements KernelEmitter<AttentionKernel> {
    private static final int WIDEST_PANEL = 32;
    private static final int PADDED_KEYS = 8;

    @Override
    public void emit(AttentionKernel kernel, KernelMethod method) {
        if (kernel.headSize() % WIDEST_PANEL != 0 || kernel.valueSize() % WIDEST_PANEL != 0 || !kernel.isFloat()) {
            new ScalarAttentionEmitter().emit(kernel, method);
            return;
        }
        var places = AttentionPlaces.declare(kernel, method);
        helpers(method);
        var code = method.code();
        Dim keys = kernel.key().shape().dim(1);
        Dim queries = kernel.query().shape().dim(1);
        String scratch =
                method.scratch(
                        keys.plus(kernel.headSize() + 1L + 2 * PADDED_KEYS)
                                .times(WIDEST_PANEL)
                                .plus(keys)
                                .plus(PADDED_KEYS));
        int heads = kernel.op().queryHeads();
        code.addStatement("final float[] s = $L", scratch);
        code.addStatement("final int keys = $L", method.size(keys));
        code.addStatement("final int queries = $L", method.size(queries));
        code.addStatement("final int blocks = (queries + PANEL - 1) / PANEL");
        code.addStatement("final int tasks = $L * $L * blocks", method.size(kernel.query().shape().dim(0)), heads);
        code.addStatement("final int sums = $L * PANEL", kernel.headSize());
        code.addStatement("final int scores = sums + PANEL");
        code.addStatement("final int starts = scores + (keys + $L) * PANEL", PADDED_KEYS);
        code.beginControlFlow("for (int task = worker.from(tasks), end = worker.to(tasks); task < end; task++)");
        code.addStatement("final int first = task % blocks * PANEL");
        code.addStatement("final int head = task / blocks % $L", heads);
        code.addStatement("final int batch = task / blocks / $L", heads);
        code.addStatement("final int count = Math.min(PANEL, queries - first)");
        places.positions(code, method);
        code.addStatement(
                "pack($L, q, $L, count, $L, $Lf, s)",
                places.query(),
                method.size(kernel.query().stride(1)),
                kernel.headSize(),
                Float.toString((float) kernel.op().scale()));
        masks(kernel, method, code);
        code.addStatement(
                "scores($L, k, $L, keys, $L, s, starts, scores)",
                places.key(),
                method.size(kernel.key().stride(1)),
                kernel.headSize());
        if (kernel.mask().isPresent() && !isPerKey(kernel.mask().get())) {
            addMask(kernel.mask().get(), method, code);
        }
        code.addStatement("maxima(s, scores, scores + keys * PANEL, sums)");
        code.addStatement("exponentials(s, scores, scores + keys * PANEL, sums)");
        code.addStatement(
                "values($L, v, $L, keys, $L, count, s, scores, sums, $L, o, $L)",
                places.value(),
                method.size(kernel.value().stride(1)),
                kernel.valueSize(),
                method.array(kernel.write()),
                method.size(kernel.write().stride(1)));
        code.endControlFlow();
    }

    /// True when all queries of a block have the same mask.
    private static boolean isPerKey(View mask) {
        return mask.stride(2).is(0);
    }

    /// What the scores start with: the mask when it is one number per key, else zeros.
    private static void masks(AttentionKernel kernel, KernelMethod method, CodeBlock.Builder code) {
        boolean perKey = kernel.mask().filter(VectorAttentionEmitter::isPerKey).isPresent();
        code.beginControlFlow("for (int t = 0; t < keys; t++)");
        if (perKey) {
            View mask = kernel.mask().get();
            code.addStatement("s[starts + t] = $L[m$L]", method.array(mask), method.step("t", mask.stride(3)));
        } else {
            code.addStatement("s[starts + t] = 0");
        }
        code.endControlFlow();
    }

    private static void addMask(View mask, KernelMethod method, CodeBlock.Builder code) {
        code.beginControlFlow("for (int t = 0; t < keys; t++)");
        code.beginControlFlow("for (int r = 0; r < count; r++)");
        code.addStatement(
                "s[scores + t * PANEL + r] += $L[m$L$L]",
                method.array(mask),
                method.step("r", mask.stride(2)),
                method.step("t", mask.stride(3)));
        code.endControlFlow();
        code.endControlFlow();
    }

    private static void helpers(KernelMethod method) {
        method.helper(new Microkernel("scores8", 8, Microkernel.Use.SCORES).emit());
        method.helper(new Microkernel("scores4", 4, Microkernel.Use.SCORES).emit());
        for (int rows : List.of(8, 4, 1)) {
            method.helper(new Microkernel("values" + rows, rows, Microkernel.Use.VALUES).emit());
        }
        method.helper(pack());
        method.helper(scores());
        method.helper(maxima());
        method.helper(exponentials());
        method.helper(values());
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
                .beginControlFlow("for (; t + 8 <= keys; t += 8)")
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

    private static MethodSpec values() {
        return helper("values")
                .addJavadoc("The scores of a block of queries times the values, divided by the sums.\n")
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
                .addParameter(int.class, "stride")
                .beginControlFlow("for (int j = 0; j < size; j += PANEL)")
                .addStatement("int r = 0")
                .beginControlFlow("for (; r + 8 <= count; r += 8)")
                .addStatement(
                        "values8(s, scores + r, keys, b, b0 + j, step, s, sums + r, c, c0 + r * stride + j, stride)")
                .endControlFlow()
                .beginControlFlow("if (r + 4 <= count)")
                .addStatement(
                        "values4(s, scores + r, keys, b, b0 + j, step, s, sums + r, c, c0 + r * stride + j, stride)")
                .addStatement("r += 4")
                .endControlFlow()
                .beginControlFlow("for (; r < count; r++)")
                .addStatement(
                        "values1(s, scores + r, keys, b, b0 + j, step, s, sums + r, c, c0 + r * stride + j, stride)")
                .endControlFlow()
                .endControlFlow()
                .build();
    }
}
