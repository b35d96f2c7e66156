package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.PoolKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.op.AveragePool;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.LpPool;
import dev.skive.ir.op.MaxPool;
import dev.skive.ir.op.MaxPoolIndex;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// Pooling in plain loops, one window after the other.
final class PoolEmitter implements KernelEmitter<PoolKernel> {
    @Override
    public void emit(PoolKernel kernel, KernelMethod method) {
        if (kernel.write().shape().elementCount().is(0)) {
            return;
        }
        View write = kernel.write();
        Shape shape = write.shape();
        method.offset("in", kernel.read());
        method.offset("out", write);
        int rank = kernel.pooling().kernel().size();
        var code = method.code();
        Dim rows = shape.slice(0, shape.rank() - 1).elementCount();
        code.beginControlFlow(
                "for (int row = worker.from($1L), to = worker.to($1L); row < to; row++)", method.size(rows));
        code.addStatement("int rest = row");
        for (int axis = rank - 2; axis >= 0; axis--) {
            String size = method.size(shape.dim(axis + 2));
            code.addStatement("final int s$L = $L", axis, start(kernel, method, axis, "rest % " + size));
            code.addStatement("rest /= $L", size);
        }
        Shape source = kernel.read().shape();
        code.addStatement("final int plane = rest * $L", method.size(source.slice(2, source.rank()).elementCount()));
        String width = method.size(shape.last());
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement("final int s$L = $L", rank - 1, start(kernel, method, rank - 1, "j"));
        begin(kernel, method);
        windows(kernel, method);
        String place = "out + row * " + width + " + j";
        code.addStatement(
                "$L[$L] = $L", method.array(write), place, ScalarCode.store(result(kernel, method), write.element()));
        code.endControlFlow();
        code.endControlFlow();
    }

    private static String start(PoolKernel kernel, KernelMethod method, int axis, String position) {
        Window window = kernel.pooling().window();
        return position + " * " + window.strides().get(axis) + " - " + method.size(window.before().get(axis));
    }

    private static void begin(PoolKernel kernel, KernelMethod method) {
        ElementType element = kernel.read().element();
        boolean search = kernel.op() instanceof MaxPool || kernel.op() instanceof MaxPoolIndex;
        String type = ScalarCode.javaType(element);
        method.code().addStatement("$L fold = $L", type, search ? least(element) : "0");
        if (kernel.op() instanceof MaxPoolIndex) {
            method.code().addStatement("int best = -1");
        }
    }

    private static String least(ElementType element) {
        if (element.isReal()) {
            return ScalarCode.literal(Double.NEGATIVE_INFINITY, element);
        }
        return element.kind() == ElementType.Kind.SIGNED ? (-1L << (element.bits() - 1)) + "L" : "0L";
    }

    /// The loops over the elements of a window that lie in the operand.
    private static void windows(PoolKernel kernel, KernelMethod method) {
        var code = method.code();
        Pooling pooling = kernel.pooling();
        View read = kernel.read();
        int rank = pooling.kernel().size();
        var place = new StringBuilder("plane");
        for (int axis = 0; axis < rank; axis++) {
            code.beginControlFlow("for (int k$1L = 0; k$1L < $2L; k$1L++)", axis, pooling.kernel().get(axis));
            code.addStatement("final int i$1L = s$1L + k$1L * $2L", axis, pooling.window().dilations().get(axis));
            code.beginControlFlow("if (i$1L < 0 || i$1L >= $2L)", axis, method.size(read.shape().dim(axis + 2)));
            code.addStatement("continue");
            code.endControlFlow();
            place.append(method.step("i" + axis, read.stride(axis + 2)));
        }
        ElementType element = read.element();
        String type = ScalarCode.javaType(element);
        code.addStatement("final int place = $L", place);
        code.addStatement("final $L element = $L", type, ScalarCode.load(method.array(read) + "[in + place]", element));
        combine(kernel, method);
        for (int axis = 0; axis < rank; axis++) {
            code.endControlFlow();
        }
    }

    private static void combine(PoolKernel kernel, KernelMethod method) {
        var code = method.code();
        ElementType element = kernel.read().element();
        String cast = ScalarCode.javaType(element).equals("float") ? "(float) " : "";
        String greater = element == ElementType.UINT64 ? "Long.compareUnsigned(element, fold) > 0" : "element > fold";
        switch (kernel.op()) {
            case MaxPool max -> {
                code.beginControlFlow("if ($L)", greater);
                code.addStatement("fold = element");
                code.endControlFlow();
            }
            case MaxPoolIndex index -> {
                code.addStatement("best = best < 0 ? place : best");
                code.beginControlFlow("if ($L)", greater);
                code.addStatement("fold = element");
                code.addStatement("best = place");
                code.endControlFlow();
            }
            case AveragePool average -> code.addStatement("fold += element");
            case LpPool(Pooling pooling, long p) -> {
                if (p == 1) {
                    code.addStatement("fold += Math.abs(element)");
                } else if (p == 2) {
                    code.addStatement("fold += element * element");
                } else {
                    code.addStatement("fold += $LMath.pow(Math.abs(element), $L)", cast, p);
                }
            }
            case Conv conv -> throw new AssertionError("not pooling: " + conv);
            case ConvTranspose conv -> throw new AssertionError("not pooling: " + conv);
        }
    }

    private static CodeBlock result(PoolKernel kernel, KernelMethod method) {
        String cast = ScalarCode.javaType(kernel.read().element()).equals("float") ? "(float) " : "";
        return switch (kernel.op()) {
            case AveragePool(Pooling pooling, boolean countPads) ->
                    CodeBlock.of("fold / Math.max(1, $L)", count(kernel, method, countPads));
            case LpPool(Pooling pooling, long p) ->
                    p == 1
                            ? CodeBlock.of("fold")
                            : p == 2
                                    ? CodeBlock.of("$LMath.sqrt(fold)", cast)
                                    : CodeBlock.of("$LMath.pow(fold, 1.0 / $L)", cast, p);
            case MaxPoolIndex(Pooling pooling, boolean columnMajor) ->
                    columnMajor ? turned(kernel, method) : CodeBlock.of("best");
            default -> CodeBlock.of("fold");
        };
    }

    /// How many elements of the window count.
    private static CodeBlock count(PoolKernel kernel, KernelMethod method, boolean countPads) {
        Pooling pooling = kernel.pooling();
        var count = CodeBlock.builder();
        for (int axis = 0; axis < pooling.kernel().size(); axis++) {
            Dim size = kernel.read().shape().dim(axis + 2);
            Dim from = countPads ? pooling.window().before().get(axis).times(-1) : Dim.ZERO;
            Dim to = countPads ? size.plus(pooling.window().after().get(axis)) : size;
            count.add(
                    "$L$T.within(s$L, $L, $L, $L, $L)",
                    axis == 0 ? "" : " * ",
                    RuntimeTypes.SIZES,
                    axis,
                    pooling.kernel().get(axis),
                    pooling.window().dilations().get(axis),
                    method.size(from),
                    method.size(to));
        }
        return count.build();
    }

    /// The place of the best element when the first spatial axis runs fastest.
    private static CodeBlock turned(PoolKernel kernel, KernelMethod method) {
        View read = kernel.read();
        var turned = CodeBlock.builder().add("best < 0 ? -1 : plane");
        Dim step = Dim.ONE;
        for (int axis = 2; axis < read.shape().rank(); axis++) {
            String index =
                    "(best - plane) / " + method.size(read.stride(axis)) + " % " + method.size(read.shape().dim(axis));
            turned.add(" + $L * $L", index, method.size(step));
            step = step.times(read.shape().dim(axis));
        }
        return turned.build();
    }
}
