package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.AttentionKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;

/// Attention with queries in the lanes: a block of queries of one head is packed, scores lie as `[key][query]`, softmax
/// runs down the keys without a reduction across lanes, and the scores are at once the left operand of the product with
/// the values. Keys and values are read where they lie. Scores never take more than one block of queries.
final class VectorAttentionEmitter implements KernelEmitter<AttentionKernel> {
    private static final int WIDEST_PANEL = 32;

    @Override
    public void emit(AttentionKernel kernel, KernelMethod method) {
        if (!kernel.isFloat()) {
            new ScalarAttentionEmitter().emit(kernel, method);
            return;
        }
        var places = AttentionPlaces.declare(kernel, method);
        VectorAttentionSteps.add(method, isNarrow(kernel));
        declareSizes(kernel, method);
        var code = method.code();
        code.beginControlFlow("for (int task = worker.from(tasks), end = worker.to(tasks); task < end; task++)");
        code.addStatement("final int first = task % blocks * PANEL");
        code.addStatement("final int head = task / blocks % $L", kernel.op().queryHeads());
        code.addStatement("final int batch = task / blocks / $L", kernel.op().queryHeads());
        code.addStatement("final int count = Math.min(PANEL, queries - first)");
        places.positions(code, method);
        block(kernel, places, method);
        code.endControlFlow();
    }

    /// True when rows of values do not fill whole panels, so that products go through a tile.
    private static boolean isNarrow(AttentionKernel kernel) {
        return kernel.valueSize() % WIDEST_PANEL != 0;
    }

    private static void declareSizes(AttentionKernel kernel, KernelMethod method) {
        Dim keys = kernel.key().shape().dim(1);
        Dim perKey = Dim.of(WIDEST_PANEL + 1L);
        long tile = isNarrow(kernel) ? VectorAttentionSteps.TILE_ROWS : 0;
        Dim besides = Dim.of((kernel.headSize() + 1L + tile) * WIDEST_PANEL);
        String scratch = method.scratch(keys.plus(VectorAttentionSteps.PADDED_KEYS).times(perKey).plus(besides));
        method.code()
                .addStatement("final float[] s = $L", scratch)
                .addStatement("final int keys = $L", method.size(keys))
                .addStatement("final int queries = $L", method.size(kernel.query().shape().dim(1)))
                .addStatement("final int blocks = (queries + PANEL - 1) / PANEL")
                .addStatement(
                        "final int tasks = $L * $L * blocks",
                        method.size(kernel.query().shape().dim(0)),
                        kernel.op().queryHeads())
                .addStatement("final int sums = $L * PANEL", kernel.headSize())
                .addStatement("final int scores = sums + PANEL")
                .addStatement("final int starts = scores + (keys + $L) * PANEL", VectorAttentionSteps.PADDED_KEYS);
    }

    private static void block(AttentionKernel kernel, AttentionPlaces places, KernelMethod method) {
        var code = method.code();
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
        kernel.mask().filter(mask -> !isPerKey(mask)).ifPresent(mask -> addMask(mask, method, code));
        code.addStatement("maxima(s, scores, scores + keys * PANEL, sums)");
        code.addStatement("exponentials(s, scores, scores + keys * PANEL, sums)");
        code.addStatement(
                "$L($L, v, $L, keys, $L, count, s, scores, sums, $L, o, $L)",
                isNarrow(kernel) ? "narrowValues" : "values",
                places.value(),
                method.size(kernel.value().stride(1)),
                kernel.valueSize(),
                method.array(kernel.write()),
                method.size(kernel.write().stride(1)));
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
        String keys = "for (int t = 0; t < keys; t++)";
        String queries = "for (int r = 0; r < count; r++)";
        boolean alongKeys = mask.stride(3).is(1);
        code.beginControlFlow(alongKeys ? queries : keys);
        code.beginControlFlow(alongKeys ? keys : queries);
        code.addStatement(
                "s[scores + t * PANEL + r] += $L[m$L$L]",
                method.array(mask),
                method.step("r", mask.stride(2)),
                method.step("t", mask.stride(3)));
        code.endControlFlow();
        code.endControlFlow();
    }
}
