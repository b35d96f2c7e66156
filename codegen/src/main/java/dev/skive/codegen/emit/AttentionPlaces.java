package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.AttentionKernel;
import dev.skive.codegen.plan.View;

/// Where the operands of one head and block of queries start.
///
/// @param kernel the attention
/// @param query the array of the queries
/// @param key the array of the keys
/// @param value the array of the values
record AttentionPlaces(AttentionKernel kernel, String query, String key, String value) {
    /// Makes the offsets of all operands parameters.
    static AttentionPlaces declare(AttentionKernel kernel, KernelMethod method) {
        method.offset("query", kernel.query());
        method.offset("key", kernel.key());
        method.offset("value", kernel.value());
        kernel.mask().ifPresent(mask -> method.offset("mask", mask));
        method.offset("out", kernel.write());
        return new AttentionPlaces(
                kernel, method.array(kernel.query()), method.array(kernel.key()), method.array(kernel.value()));
    }

    /// Declares `q`, `k`, `v`, `o` and `m` for `batch`, `head` and the query `first`.
    void positions(CodeBlock.Builder code, KernelMethod method) {
        int shared = kernel.op().queryHeads() / kernel.op().keyHeads();
        String keyHead = shared == 1 ? "head" : "head / " + shared;
        code.addStatement(
                "final int q = query + batch * $L + first * $L + head * $L",
                method.size(kernel.query().stride(0)),
                method.size(kernel.query().stride(1)),
                kernel.headSize());
        code.addStatement(
                "final int k = key + batch * $L + $L * $L",
                method.size(kernel.key().stride(0)),
                keyHead,
                kernel.headSize());
        code.addStatement(
                "final int v = value + batch * $L + $L * $L",
                method.size(kernel.value().stride(0)),
                keyHead,
                kernel.valueSize());
        code.addStatement(
                "final int o = out + batch * $L + first * $L + head * $L",
                method.size(kernel.write().stride(0)),
                method.size(kernel.write().stride(1)),
                kernel.valueSize());
        kernel.mask().ifPresent(mask -> code.addStatement("final int m = mask$L", maskOffset(mask, method)));
    }

    private static String maskOffset(View mask, KernelMethod method) {
        var text = new StringBuilder();
        String[] indexes = {"batch", "head", "first"};
        for (int axis = 0; axis < indexes.length; axis++) {
            text.append(method.step(indexes[axis], mask.stride(axis)));
        }
        return text.toString();
    }
}
