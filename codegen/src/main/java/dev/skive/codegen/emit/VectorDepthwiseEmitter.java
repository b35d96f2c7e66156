package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.ConvKernel;
import dev.skive.codegen.plan.Frame;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/// Convolutions of each channel by itself: a plane of the result at a time, vectors along its rows, all weights of a
/// channel in registers.
final class VectorDepthwiseEmitter implements KernelEmitter<ConvKernel> {
    private static final int MOST_TAPS = 49;

    /// True for convolutions of float32 over one or two axes in which every channel is a group.
    static boolean fits(ConvKernel kernel) {
        List<Dim> sizes = kernel.frame().kernel();
        return kernel.write().element() == ElementType.FLOAT32
                && kernel.frame().rank() <= 2
                && ConvLoops.channels(kernel).is(1)
                && kernel.groups() > 1
                && sizes.stream().allMatch(Dim::isKnown)
                && sizes.stream().mapToLong(Dim::known).reduce(1, (a, b) -> a * b) <= MOST_TAPS
                && VectorExpression.supports(kernel.epilogue().formula());
    }

    @Override
    public void emit(ConvKernel kernel, KernelMethod method) {
        if (kernel.write().shape().elementCount().is(0)) {
            return;
        }
        ConvLoops.parameters(kernel, method);
        var epilogue = new EpilogueCode(kernel.epilogue());
        MethodSpec helper = plane(kernel, epilogue);
        method.helper(helper);
        Frame frame = kernel.frame();
        var code = method.code();
        String width = method.size(frame.positions().getLast());
        String rows = method.size(ConvLoops.rows(kernel));
        String size = method.size(ConvLoops.rows(kernel).times(frame.positions().getLast()));
        Dim channels = kernel.weight().shape().dim(0);
        String planes = method.size(kernel.write().shape().dim(0).times(channels));
        code.beginControlFlow("for (int unit = worker.from($1L), to = worker.to($1L); unit < to; unit++)", planes);
        code.addStatement("final int channel = unit % $L", method.size(channels));
        String down = frame.rank() == 1 ? "0" : method.size(frame.stride(0));
        String phases =
                frame.rank() == 1
                        ? "0, " + method.size(frame.phaseStride(0))
                        : method.size(frame.phaseStride(0)) + ", " + method.size(frame.phaseStride(1));
        code.addStatement(
                "$L(x, in + unit / $L * $L, $L, $L, weights, weight + channel * $L, biases[bias + channel],"
                        + " y, out + unit * $L, $L, $L$L)",
                helper.name(),
                method.size(ConvLoops.results(kernel)),
                method.size(frame.plane()),
                down,
                phases,
                method.size(ConvLoops.depth(kernel)),
                size,
                rows,
                width,
                epilogue.arguments(method, "unit * " + size));
        code.endControlFlow();
    }

    private static String name(Frame frame, EpilogueCode epilogue) {
        String sizes = frame.kernel().stream().map(Dim::toString).collect(Collectors.joining("x"));
        String strides = frame.window().strides().stream().map(Object::toString).collect(Collectors.joining("x"));
        String steps = frame.window().dilations().stream().map(Object::toString).collect(Collectors.joining("x"));
        return "depthwise" + sizes + "by" + strides + "over" + steps + epilogue.suffix();
    }

    private static MethodSpec plane(ConvKernel kernel, EpilogueCode epilogue) {
        Frame frame = kernel.frame();
        var method =
                MethodSpec.methodBuilder(name(frame, epilogue))
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addJavadoc("One plane of a convolution of each channel by itself.\n")
                        .addParameter(float[].class, "x")
                        .addParameter(int.class, "from")
                        .addParameter(int.class, "down")
                        .addParameter(int.class, "phaseDown")
                        .addParameter(int.class, "phaseAcross")
                        .addParameter(float[].class, "w")
                        .addParameter(int.class, "w0")
                        .addParameter(float.class, "bias")
                        .addParameter(float[].class, "y")
                        .addParameter(int.class, "y0")
                        .addParameter(int.class, "rows")
                        .addParameter(int.class, "width");
        epilogue.parameters(method);
        var code = CodeBlock.builder();
        int taps = taps(frame, code);
        code.beginControlFlow("for (int row = 0; row < rows; row++)");
        code.addStatement("final int source = from + row * down");
        code.addStatement("final int to = y0 + row * width");
        code.addStatement("int j = 0");
        code.beginControlFlow("for (; j + LANES <= width; j += LANES)");
        String whole = vector(code, taps, epilogue);
        code.addStatement("$L.intoArray(y, to + j)", whole);
        code.endControlFlow();
        code.beginControlFlow("if (j < width)");
        String rest = vector(code, taps, epilogue);
        code.addStatement("$L.intoArray(y, to + j, SPECIES.indexInRange(j, width))", rest);
        code.endControlFlow();
        code.endControlFlow();
        return method.addCode(code.build()).build();
    }

    private static String vector(CodeBlock.Builder code, int taps, EpilogueCode epilogue) {
        code.addStatement("$1T s = $1T.fromArray(SPECIES, x, source + at0 + j).mul(f0)", VectorCode.VECTOR);
        for (int tap = 1; tap < taps; tap++) {
            code.addStatement(
                    "s = $T.fromArray(SPECIES, x, source + at$L + j).fma(f$L, s)", VectorCode.VECTOR, tap, tap);
        }
        code.addStatement("s = s.add(bias)");
        return epilogue.vector(code, "s", "row * width + j");
    }

    /// Declares the weights `f0`, `f1`, ... and where their elements are, `at0`, `at1`, ....
    private static int taps(Frame frame, CodeBlock.Builder code) {
        int tap = 0;
        long height = frame.rank() == 1 ? 1 : frame.kernel().getFirst().known();
        int last = frame.rank() - 1;
        for (int k0 = 0; k0 < height; k0++) {
            for (int k1 = 0; k1 < frame.kernel().getLast().known(); k1++, tap++) {
                String across = place(frame, last, k1, "phaseAcross", "1");
                String text = frame.rank() == 1 ? across : place(frame, 0, k0, "phaseDown", "down") + " + " + across;
                code.addStatement("final int at$L = $L", tap, text);
                code.addStatement("final $1T f$2L = $1T.broadcast(SPECIES, w[w0 + $2L])", VectorCode.VECTOR, tap);
            }
        }
        return tap;
    }

    private static String place(Frame frame, int axis, int k, String phase, String step) {
        long stride = frame.window().strides().get(axis);
        long at = k * frame.window().dilations().get(axis);
        return at % stride + " * " + phase + " + " + at / stride + " * " + step;
    }
}
