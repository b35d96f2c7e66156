package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.AttentionKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/// Attention in loops that C2 vectorizes: per head the keys are transposed into arrays of their own and the values
/// copied into arrays of their own, so that both products are sums of arrays read at the same index.
final class ScalarAttentionEmitter implements KernelEmitter<AttentionKernel> {
    private static final int STEP = 8;

    @Override
    public void emit(AttentionKernel kernel, KernelMethod method) {
        var places = AttentionPlaces.declare(kernel, method);
        helpers(method);
        Dim keys = kernel.key().shape().dim(1);
        int widest = Math.max(kernel.headSize(), kernel.valueSize());
        var code = method.code();
        String rows = method.scratchRows(keys.plus(kernel.headSize()).plus(3), keys.max(Dim.of(widest)));
        int heads = kernel.op().queryHeads();
        code.addStatement("final float[][] arrays = $L", rows);
        code.addStatement("final int keys = $L", method.size(keys));
        code.addStatement("final int tasks = $L * $L", method.size(kernel.query().shape().dim(0)), heads);
        code.addStatement("final float[] scaled = arrays[0], scores = arrays[1], sums = arrays[2]");
        code.beginControlFlow("for (int task = worker.from(tasks), end = worker.to(tasks); task < end; task++)");
        code.addStatement("final int head = task % $L", heads);
        code.addStatement("final int batch = task / $L", heads);
        code.addStatement("final int first = 0");
        places.positions(code, method);
        unpack(kernel, places, method, code);
        code.beginControlFlow(
                "for (int query0 = 0; query0 < $L; query0++)", method.size(kernel.query().shape().dim(1)));
        query(kernel, places, method, code);
        code.endControlFlow();
        code.endControlFlow();
    }

    private static void unpack(
            AttentionKernel kernel, AttentionPlaces places, KernelMethod method, CodeBlock.Builder code) {
        code.beginControlFlow("for (int t = 0; t < keys; t++)");
        code.beginControlFlow("for (int i = 0; i < $L; i++)", kernel.headSize());
        code.addStatement("arrays[3 + i][t] = $L[k + t * $L + i]", places.key(), method.size(kernel.key().stride(1)));
        code.endControlFlow();
        code.addStatement(
                "System.arraycopy($L, v + t * $L, arrays[$L + t], 0, $L)",
                places.value(),
                method.size(kernel.value().stride(1)),
                3 + kernel.headSize(),
                kernel.valueSize());
        code.endControlFlow();
    }

    private static void query(
            AttentionKernel kernel, AttentionPlaces places, KernelMethod method, CodeBlock.Builder code) {
        code.beginControlFlow("for (int i = 0; i < $L; i++)", kernel.headSize());
        code.addStatement(
                "scaled[i] = $L[q + query0 * $L + i] * $Lf",
                places.query(),
                method.size(kernel.query().stride(1)),
                Float.toString((float) kernel.op().scale()));
        code.endControlFlow();
        String start = kernel.mask().map(mask -> method.array(mask) + "[m" + maskIndex(mask, method) + "]").orElse("0");
        code.beginControlFlow("for (int t = 0; t < keys; t++)");
        code.addStatement("scores[t] = $L", start);
        code.endControlFlow();
        code.addStatement("addProducts(scaled, $L, arrays, 3, keys, scores)", kernel.headSize());
        code.addStatement("final float sum = softmax(scores, keys)");
        code.addStatement("$T.fill(sums, 0, $L, 0f)", java.util.Arrays.class, kernel.valueSize());
        code.addStatement("addProducts(scores, keys, arrays, $L, $L, sums)", 3 + kernel.headSize(), kernel.valueSize());
        code.beginControlFlow("for (int i = 0; i < $L; i++)", kernel.valueSize());
        code.addStatement(
                "$L[o + query0 * $L + i] = sums[i] / sum",
                method.array(kernel.write()),
                method.size(kernel.write().stride(1)));
        code.endControlFlow();
    }

    private static String maskIndex(View mask, KernelMethod method) {
        return method.step("query0", mask.stride(2)) + method.step("t", mask.stride(3));
    }

    private static void helpers(KernelMethod method) {
        method.helper(ScalarProductEmitter.add(1));
        method.helper(ScalarProductEmitter.addOne());
        method.helper(addProducts());
        method.helper(softmax());
    }

    private static MethodSpec addProducts() {
        String eight =
                IntStream.range(0, STEP).mapToObj(i -> "b[b0 + k + " + i + "]").collect(Collectors.joining(", "));
        return MethodSpec.methodBuilder("addProducts")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc("c += a[0] * b[b0] + a[1] * b[b0 + 1] + ...\n")
                .addParameter(float[].class, "a")
                .addParameter(int.class, "depth")
                .addParameter(float[][].class, "b")
                .addParameter(int.class, "b0")
                .addParameter(int.class, "width")
                .addParameter(float[].class, "c")
                .addStatement("int k = 0")
                .beginControlFlow("for (; k + $L <= depth; k += $L)", STEP, STEP)
                .addStatement("add8x1(a, k, $L, width, c)", eight)
                .endControlFlow()
                .beginControlFlow("for (; k < depth; k++)")
                .addStatement("add1(a[k], b[b0 + k], width, c)")
                .endControlFlow()
                .build();
    }

    private static MethodSpec softmax() {
        return MethodSpec.methodBuilder("softmax")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc("Scores to e^(score - maximum); returns their sum, never 0, so that no keys give 0.\n")
                .returns(float.class)
                .addParameter(float[].class, "s")
                .addParameter(int.class, "count")
                .addStatement("float maximum = Float.NEGATIVE_INFINITY")
                .beginControlFlow("for (int t = 0; t < count; t++)")
                .addStatement("maximum = Math.max(maximum, s[t])")
                .endControlFlow()
                .beginControlFlow("for (int t = 0; t < count; t++)")
                .addStatement("s[t] = $T.exp(s[t] - maximum)", RuntimeTypes.SCALAR_MATH)
                .endControlFlow()
                .addStatement("float s0 = 0, s1 = 0, s2 = 0, s3 = 0")
                .addStatement("int t = 0")
                .beginControlFlow("for (; t + 4 <= count; t += 4)")
                .addStatement("s0 += s[t]")
                .addStatement("s1 += s[t + 1]")
                .addStatement("s2 += s[t + 2]")
                .addStatement("s3 += s[t + 3]")
                .endControlFlow()
                .beginControlFlow("for (; t < count; t++)")
                .addStatement("s0 += s[t]")
                .endControlFlow()
                .addStatement("return Math.max((s0 + s1) + (s2 + s3), Float.MIN_NORMAL)")
                .build();
    }
}
