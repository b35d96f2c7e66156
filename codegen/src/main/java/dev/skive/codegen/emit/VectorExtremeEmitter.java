package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.ReductionKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import javax.lang.model.element.Modifier;

/// The greatest or least of all elements of a float32 tensor. Every worker looks through a share, then one compares what
/// they found; the order does not matter for the result.
final class VectorExtremeEmitter implements KernelEmitter<ReductionKernel> {
    private static final int VECTORS = 4;

    /// True for a whole tensor whose elements follow each other.
    static boolean fits(ReductionKernel kernel) {
        View read = kernel.read();
        boolean extreme = kernel.op() instanceof ReduceMax || kernel.op() instanceof ReduceMin;
        return extreme
                && read.element() == ElementType.FLOAT32
                && kernel.folded() == read.shape().rank()
                && read.shape().rank() > 0
                && read.isContiguous();
    }

    @Override
    public void emit(ReductionKernel kernel, KernelMethod method) {
        method.offset("out", kernel.write());
        method.offset("in", kernel.read());
        boolean greatest = kernel.op() instanceof ReduceMax;
        String name = greatest ? "greatest" : "least";
        method.helper(share(name, greatest));
        String count = method.size(kernel.read().shape().elementCount());
        var code = method.code();
        code.addStatement(
                "$L[0] = $L($L, in + worker.from($L, 16), in + worker.to($L, 16))",
                method.scratch(Dim.ONE),
                name,
                method.array(kernel.read()),
                count,
                count);
        code.addStatement("worker.barrier()");
        code.beginControlFlow("if (worker.index() == 0)");
        code.addStatement("float found = w.scratch[0][0]");
        code.beginControlFlow("for (int other = 1; other < worker.count(); other++)");
        code.addStatement("found = Math.$L(found, w.scratch[other][0])", greatest ? "max" : "min");
        code.endControlFlow();
        code.addStatement("$L[out] = found", method.array(kernel.write()));
        code.endControlFlow();
    }

    private static MethodSpec share(String name, boolean greatest) {
        String function = greatest ? "max" : "min";
        String start = greatest ? "Float.NEGATIVE_INFINITY" : "Float.POSITIVE_INFINITY";
        var code = CodeBlock.builder();
        for (int i = 0; i < VECTORS; i++) {
            code.addStatement("$1T found$2L = $1T.broadcast(SPECIES, $3L)", VectorCode.VECTOR, i, start);
        }
        code.addStatement("int i = from");
        code.beginControlFlow("for (; i + $1L * LANES <= to; i += $1L * LANES)", VECTORS);
        for (int i = 0; i < VECTORS; i++) {
            code.addStatement(
                    "found$2L = found$2L.$3L($1T.fromArray(SPECIES, x, i + $2L * LANES))",
                    VectorCode.VECTOR,
                    i,
                    function);
        }
        code.endControlFlow();
        code.addStatement(
                "float found = found0.$1L(found1).$1L(found2.$1L(found3)).reduceLanes($2T.$3L)",
                function,
                VectorCode.OPERATORS,
                greatest ? "MAX" : "MIN");
        code.beginControlFlow("for (; i < to; i++)");
        code.addStatement("found = Math.$L(found, x[i])", function);
        code.endControlFlow();
        code.addStatement("return found");
        return MethodSpec.methodBuilder(name)
                .addJavadoc("The $L of some elements.\n", name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(float.class)
                .addParameter(float[].class, "x")
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addCode(code.build())
                .build();
    }
}
