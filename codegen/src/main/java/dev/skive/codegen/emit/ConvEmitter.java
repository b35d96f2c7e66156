package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.ConvKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.lang.model.element.Modifier;

/// Convolutions in plain loops. Float32 sums are rows of their own, as is the part of the operand they take in: loops over
/// two arrays at one index are what C2 vectorizes.
final class ConvEmitter implements KernelEmitter<ConvKernel> {
    private static final int BLOCK = 16;

    @Override
    public void emit(ConvKernel kernel, KernelMethod method) {
        if (kernel.write().shape().elementCount().is(0)) {
            return;
        }
        ConvLoops.parameters(kernel, method);
        if (kernel.write().element() == ElementType.FLOAT32) {
            rows(kernel, method);
        } else {
            elements(kernel, method);
        }
    }

    private static void rows(ConvKernel kernel, KernelMethod method) {
        method.helper(addScaled());
        String width = method.size(kernel.frame().positions().getLast());
        String results = method.size(ConvLoops.results(kernel));
        var code = method.code();
        Dim blocks = ConvLoops.results(kernel).ceilDivide(BLOCK);
        Dim lead = kernel.write().shape().dim(0).times(kernel.groups());
        String units = method.size(lead.times(blocks).times(ConvLoops.rows(kernel)));
        Dim widest = kernel.frame().positions().getLast();
        code.addStatement("final float[][] rows = $L", method.scratchRows(Dim.of(BLOCK + 1), widest));
        code.beginControlFlow("for (int unit = worker.from($1L), to = worker.to($1L); unit < to; unit++)", units);
        code.addStatement("int rest = unit");
        ConvLoops.positions(kernel, method);
        code.addStatement("final int first = rest % $L * $L", method.size(blocks), BLOCK);
        code.addStatement("final int count = Math.min($L, $L - first)", BLOCK, results);
        code.addStatement("rest /= $L", method.size(blocks));
        code.addStatement("final int channel = rest % $L * $L + first", kernel.groups(), results);
        code.addStatement(
                "final int base = in + rest * $L$L",
                method.size(ConvLoops.channels(kernel).times(kernel.frame().plane())),
                ConvLoops.row(kernel, method));
        code.beginControlFlow("for (int m = 0; m < count; m++)");
        code.addStatement("$T.fill(rows[m], 0, $L, 0)", Arrays.class, width);
        code.endControlFlow();
        sums(kernel, method, width);
        code.beginControlFlow("for (int m = 0; m < count; m++)");
        code.addStatement("final float[] sum = rows[m]");
        code.addStatement("final float offset = biases[bias + channel + m]");
        String image = "rest / " + kernel.groups() + " * " + method.size(kernel.weight().shape().dim(0));
        store(kernel, method, "(" + image + " + channel + m)", "(sum[j] + offset)");
        code.endControlFlow();
        code.endControlFlow();
    }

    private static void sums(ConvKernel kernel, KernelMethod method, String width) {
        var code = method.code();
        String depth = method.size(ConvLoops.depth(kernel));
        code.addStatement("int at = weight + channel * $L", depth);
        code.beginControlFlow("for (int c = 0; c < $L; c++)", method.size(ConvLoops.channels(kernel)));
        code.addStatement("final int plane = base + c * $L", method.size(kernel.frame().plane()));
        ConvLoops.open(kernel, method);
        code.addStatement("System.arraycopy(x, plane$L, rows[$L], 0, $L)", ConvLoops.tap(kernel, method), BLOCK, width);
        code.beginControlFlow("for (int m = 0; m < count; m++)");
        code.addStatement("addScaled(weights[at + m * $L], rows[$L], $L, rows[m])", depth, BLOCK, width);
        code.endControlFlow();
        code.addStatement("at++");
        ConvLoops.close(kernel, method);
        code.endControlFlow();
    }

    /// Stores a row of sums, plane number `plane` of the result, after the epilogue.
    private static void store(ConvKernel kernel, KernelMethod method, String plane, String sum) {
        var code = method.code();
        String width = method.size(kernel.frame().positions().getLast());
        String plain = method.size(ConvLoops.rows(kernel).times(kernel.frame().positions().getLast()));
        var row = new StringBuilder();
        Dim stride = kernel.frame().positions().getLast();
        for (int axis = kernel.frame().rank() - 2; axis >= 0; axis--) {
            row.append(method.step("o" + axis, stride));
            stride = stride.times(kernel.frame().positions().get(axis));
        }
        code.addStatement("final int to0 = $L * $L$L", plane, plain, row);
        code.beginControlFlow("for (int j = 0; j < $L; j++)", width);
        code.addStatement("y[out + to0 + j] = $L", epilogue(kernel, method, sum, "to0 + j"));
        code.endControlFlow();
    }

    /// The epilogue of one element.
    static CodeBlock epilogue(ConvKernel kernel, KernelMethod method, String sum, String place) {
        ElementType element = kernel.write().element();
        List<String> arguments = new ArrayList<>(List.of(sum));
        List<View> reads = kernel.epilogue().reads();
        for (int i = 0; i < reads.size(); i++) {
            arguments.add(method.array(reads.get(i)) + "[read" + i + " + " + place + "]");
        }
        var types = ImmutableList.copyOf(Collections.nCopies(arguments.size(), element));
        return new ScalarCode(arguments, types, element).print(kernel.epilogue().formula());
    }

    /// One element after the other, for float64.
    private static void elements(ConvKernel kernel, KernelMethod method) {
        var code = method.code();
        Dim channels = kernel.weight().shape().dim(0);
        String units = method.size(kernel.write().shape().dim(0).times(channels).times(ConvLoops.rows(kernel)));
        code.beginControlFlow("for (int unit = worker.from($1L), to = worker.to($1L); unit < to; unit++)", units);
        code.addStatement("int rest = unit");
        ConvLoops.positions(kernel, method);
        code.addStatement("final int channel = rest % $L", method.size(channels));
        code.addStatement("final int group = rest / $L", method.size(ConvLoops.results(kernel)));
        code.addStatement(
                "final int base = in + group * $L$L",
                method.size(ConvLoops.channels(kernel).times(kernel.frame().plane())),
                ConvLoops.row(kernel, method));
        code.beginControlFlow("for (int j = 0; j < $L; j++)", method.size(kernel.frame().positions().getLast()));
        code.addStatement("double sum = 0");
        code.addStatement("int at = weight + channel * $L", method.size(ConvLoops.depth(kernel)));
        code.beginControlFlow("for (int c = 0; c < $L; c++)", method.size(ConvLoops.channels(kernel)));
        code.addStatement("final int plane = base + j + c * $L", method.size(kernel.frame().plane()));
        ConvLoops.open(kernel, method);
        code.addStatement("sum += weights[at++] * x[plane$L]", ConvLoops.tap(kernel, method));
        ConvLoops.close(kernel, method);
        code.endControlFlow();
        String place = "unit * " + method.size(kernel.frame().positions().getLast()) + " + j";
        code.addStatement("y[out + $L] = $L", place, epilogue(kernel, method, "(sum + biases[bias + channel])", place));
        code.endControlFlow();
        code.endControlFlow();
    }

    private static MethodSpec addScaled() {
        return MethodSpec.methodBuilder("addScaled")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(float.class, "factor")
                .addParameter(float[].class, "b")
                .addParameter(int.class, "width")
                .addParameter(float[].class, "c")
                .beginControlFlow("for (int j = 0; j < width; j++)")
                .addStatement("c[j] = Math.fma(factor, b[j], c[j])")
                .endControlFlow()
                .build();
    }
}
