package dev.skive.codegen.emit;

import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.ConvKernel;
import dev.skive.codegen.plan.Frame;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.List;
import javax.lang.model.element.Modifier;

/// Convolutions as products: the weight is a matrix, a row per channel of the result, and what the windows of two vectors
/// of positions see is a panel that stays in the cache while all rows pass by. Positions are those of the two last axes, in
/// a row. A panel within a row of positions is read where it lies, others are packed.
final class VectorConvEmitter implements KernelEmitter<ConvKernel> {
    private static final int WIDEST_PANEL = 32;
    private static final int WIDEST_BLOCK = 12;
    private static final int SHARES = 3;
    private static final String WHOLE = "$1T.fromArray(SPECIES, x, from + column%s).intoArray(panel, at%s)";

    /// True for convolutions that are worth it.
    static boolean fits(ConvKernel kernel) {
        return kernel.write().element() == ElementType.FLOAT32;
    }

    @Override
    public void emit(ConvKernel kernel, KernelMethod method) {
        if (kernel.write().shape().elementCount().is(0)) {
            return;
        }
        ConvLoops.parameters(kernel, method);
        for (int rows : List.of(WIDEST_BLOCK, 8, 4, 1)) {
            method.helper(new Microkernel("channels" + rows, rows, Microkernel.Use.CHANNELS).emit());
            if (!isContiguous(kernel.frame())) {
                method.helper(new Microkernel("windows" + rows, rows, Microkernel.Use.WINDOWS).emit());
            }
        }
        method.helper(rows());
        method.helper(packRow());
        var code = method.code();
        Dim depth = ConvLoops.depth(kernel);
        Dim room = depth.times(WIDEST_PANEL + 1L).plus(WIDEST_PANEL + (long) WIDEST_PANEL * WIDEST_BLOCK);
        code.addStatement("final float[] panel = $L", method.scratch(room));
        code.addStatement("final int tile = $L", method.size(depth.times(WIDEST_PANEL).plus(WIDEST_PANEL)));
        taps(kernel, method);
        units(kernel, method);
        outside(kernel, method);
        place(kernel, method);
        sums(kernel, method);
        epilogue(kernel, method);
        code.endControlFlow();
    }

    /// Writes where the elements are that a window sees, relative to its first, as the bits of floats behind the tile.
    private static void taps(ConvKernel kernel, KernelMethod method) {
        if (isContiguous(kernel.frame())) {
            return;
        }
        method.helper(windowProducts());
        var code = method.code();
        code.addStatement("final int taps = tile + $L", WIDEST_PANEL * WIDEST_BLOCK);
        code.beginControlFlow("for (int c = 0, at = taps; c < $L; c++)", method.size(ConvLoops.channels(kernel)));
        ConvLoops.open(kernel, method);
        code.addStatement(
                "panel[at++] = Float.intBitsToFloat(c * $L$L)",
                method.size(kernel.frame().plane()),
                ConvLoops.tap(kernel, method));
        ConvLoops.close(kernel, method);
        code.endControlFlow();
    }

    /// Positions of the two last axes.
    private static Dim flat(ConvKernel kernel) {
        Frame frame = kernel.frame();
        Dim last = frame.positions().getLast();
        return frame.rank() == 1 ? last : last.times(frame.positions().get(frame.rank() - 2));
    }

    /// Opens the loop over panels, each perhaps in several parts of the result's channels.
    private static void units(ConvKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        var code = method.code();
        Dim images = kernel.write().shape().dim(0).times(kernel.groups());
        for (int axis = 0; axis < frame.rank() - 2; axis++) {
            images = images.times(frame.positions().get(axis));
        }
        String results = method.size(ConvLoops.results(kernel));
        code.addStatement("final int panels = ($L + PANEL - 1) / PANEL", method.size(flat(kernel)));
        code.addStatement("final int whole = $L * panels", method.size(images));
        code.addStatement(
                "final int parts = whole >= $L * worker.count() ? 1 : Math.min(worker.count(), ($L + 3) / 4)",
                SHARES,
                results);
        code.addStatement("final int last = worker.to(whole * parts)");
        code.beginControlFlow("for (int unit = worker.from(whole * parts); unit < last; unit++)");
        code.addStatement("final int part = unit % parts");
        code.addStatement("final int first = ($L + 3) / 4 * part / parts * 4", results);
        code.addStatement("final int end = Math.min($1L, ($1L + 3) / 4 * (part + 1) / parts * 4)", results);
        code.addStatement("int rest = unit / parts");
        code.addStatement("final int position = rest % panels * PANEL");
        code.addStatement("final int width = Math.min(PANEL, $L - position)", method.size(flat(kernel)));
        code.addStatement("rest /= panels");
    }

    /// Declares `outside`, where the positions of all but the two last axes are in the result, and `image`, where the
    /// windows there start.
    private static void outside(ConvKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        var code = method.code();
        var outer = new StringBuilder();
        code.addStatement("int outside = 0");
        Dim stride = flat(kernel);
        for (int axis = frame.rank() - 3; axis >= 0; axis--) {
            String size = method.size(frame.positions().get(axis));
            code.addStatement("final int o$L = rest % $L", axis, size);
            code.addStatement("rest /= $L", size);
            outer.append(method.step("o" + axis, frame.stride(axis)));
            code.addStatement("outside += o$L * $L", axis, method.size(stride));
            stride = stride.times(frame.positions().get(axis));
        }
        String channels = method.size(ConvLoops.channels(kernel).times(frame.plane()));
        code.addStatement("final int image = in + rest * $L$L", channels, outer);
    }

    /// Declares `group`, the first row of the weight, and `to`, where the first result goes.
    private static void place(ConvKernel kernel, KernelMethod method) {
        String results = method.size(ConvLoops.results(kernel));
        method.code().addStatement("final int group = rest % $L * $L", kernel.groups(), results);
        method.code()
                .addStatement(
                        "final int to = rest * $L * $L + outside + position", results, method.size(plane(kernel)));
    }

    /// Positions of all axes.
    private static Dim plane(ConvKernel kernel) {
        return ConvLoops.rows(kernel).times(kernel.frame().positions().getLast());
    }

    /// True when the elements that the windows of neighbouring positions see at one place follow each other.
    private static boolean isContiguous(Frame frame) {
        return frame.rank() == 1 || frame.length(frame.rank() - 1).equals(frame.positions().getLast());
    }

    /// Elements from a row of positions to the next.
    private static String down(ConvKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        return frame.rank() == 1 ? "0" : method.size(frame.stride(frame.rank() - 2));
    }

    /// Packs the panel.
    private static void panel(ConvKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        var code = method.code();
        List<String> whole = List.of(WHOLE.formatted("", ""), WHOLE.formatted(" + LANES", " + LANES"));
        if (isContiguous(frame)) {
            code.addStatement("final int column = position");
            code.addStatement("final int source = image");
            pack(kernel, method, whole);
            return;
        }
        String row = method.size(frame.positions().getLast());
        String down = down(kernel, method);
        code.addStatement("final int column = position % $L", row);
        code.addStatement("final int source = image + position / $L * $L", row, down);
        pack(kernel, method, List.of("packRow(x, from, " + down + ", column, " + row + ", width, panel, at)"));
    }

    /// Packs all rows of the panel with the same statements, where `from` is the source of a row's first column. Within a
    /// row of positions whole vectors are copied, whatever lies behind the last of them.
    private static void pack(ConvKernel kernel, KernelMethod method, List<String> statements) {
        var code = method.code();
        code.beginControlFlow("for (int c = 0, at = 0; c < $L; c++)", method.size(ConvLoops.channels(kernel)));
        code.addStatement("final int channel = source + c * $L", method.size(kernel.frame().plane()));
        ConvLoops.open(kernel, method);
        code.addStatement("final int from = channel$L", ConvLoops.tap(kernel, method));
        statements.forEach(statement ->
                code.addStatement(
                        statement, statement.contains("$1T") ? new Object[] {VectorCode.VECTOR} : new Object[0]));
        code.addStatement("at += PANEL");
        ConvLoops.close(kernel, method);
        code.endControlFlow();
    }

    /// Multiplies the windows with the rows `first` to `end` of the weight.
    private static void sums(ConvKernel kernel, KernelMethod method) {
        Frame frame = kernel.frame();
        var code = method.code();
        String depth = method.size(ConvLoops.depth(kernel));
        String plane = method.size(plane(kernel));
        String weight = "weights, weight + group * " + depth + ", " + depth + ", first, end, panel, ";
        String result = "biases, bias + group, y, out + to, " + plane;
        code.beginControlFlow("if ($L)", VectorDots.condition(depth));
        String row = method.size(frame.positions().getLast());
        String source =
                isContiguous(frame)
                        ? "image + position + p"
                        : "image + (position + p) / %1$s * %2$s + (position + p) %% %1$s"
                                .formatted(row, down(kernel, method));
        VectorDots.emit(kernel, method, source, weight + "width, " + result);
        if (!isContiguous(frame)) {
            code.nextControlFlow("else if (width == PANEL && position % $1L + PANEL <= $1L)", row);
            code.addStatement(
                    "windowProducts(weights, weight + group * $1L, $1L, first, end, x, image + position / $2L * $3L"
                            + " + position % $2L, panel, taps, $4L)",
                    depth, row, down(kernel, method), result);
        }
        code.nextControlFlow("else");
        panel(kernel, method);
        code.addStatement("products($Ltile, $L, width)", weight, result);
        code.endControlFlow();
    }

    private static void epilogue(ConvKernel kernel, KernelMethod method) {
        if (kernel.epilogue().isEmpty()) {
            return;
        }
        String plane = method.size(plane(kernel));
        var epilogue = new EpilogueCode(kernel.epilogue());
        method.helper(epilogue.method());
        method.code()
                .addStatement(
                        "finish$L(y, out + to + first * $L, $L, end - first, width$L)",
                        epilogue.suffix(),
                        plane,
                        plane,
                        epilogue.arguments(method, "to + first * " + plane));
    }

    private static MethodSpec rows() {
        var method =
                MethodSpec.methodBuilder("products")
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addJavadoc("Rows {@code first} to {@code end} of a weight times a panel, plus bias.\n")
                        .addParameter(float[].class, "w")
                        .addParameter(int.class, "w0")
                        .addParameter(int.class, "depth")
                        .addParameter(int.class, "first")
                        .addParameter(int.class, "end")
                        .addParameter(float[].class, "panel")
                        .addParameter(int.class, "tile")
                        .addParameter(float[].class, "bias")
                        .addParameter(int.class, "bias0")
                        .addParameter(float[].class, "y")
                        .addParameter(int.class, "y0")
                        .addParameter(int.class, "stride")
                        .addParameter(int.class, "width")
                        .addStatement("final boolean whole = width == PANEL")
                        .addStatement("final float[] c = whole ? y : panel")
                        .addStatement("final int down = whole ? stride : PANEL")
                        .addStatement("int r = first")
                        .beginControlFlow("while (r < end)")
                        .addStatement("final int left = end - r")
                        .addStatement("final int c0 = whole ? y0 + r * stride : tile")
                        .addStatement("final int rows");
        blocks(method, "channels", "(w, w0 + r * depth, depth, depth, panel, 0, bias, bias0 + r, c, c0, down)");
        method.beginControlFlow("for (int i = 0; !whole && i < rows; i++)");
        method.addStatement("System.arraycopy(panel, tile + i * PANEL, y, y0 + (r + i) * stride, width)");
        method.endControlFlow();
        return method.addStatement("r += rows").endControlFlow().build();
    }

    /// Calls a block of as many rows as there are.
    private static void blocks(MethodSpec.Builder method, String name, String call) {
        method.beginControlFlow("if (BLOCK == 12 && left >= 12)");
        method.addStatement(name + "12" + call).addStatement("rows = 12");
        method.nextControlFlow("else if (BLOCK == 12 && left >= 8)");
        method.addStatement(name + "8" + call).addStatement("rows = 8");
        method.nextControlFlow("else if (left >= 4)");
        method.addStatement(name + "4" + call).addStatement("rows = 4");
        method.nextControlFlow("else");
        method.addStatement(name + "1" + call).addStatement("rows = 1");
        method.endControlFlow();
    }

    private static MethodSpec windowProducts() {
        var method =
                MethodSpec.methodBuilder("windowProducts")
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addJavadoc(
                                "Rows {@code first} to {@code end} of a weight times what the windows of a panel see, plus"
                                        + " bias.\n")
                        .addParameter(float[].class, "w")
                        .addParameter(int.class, "w0")
                        .addParameter(int.class, "depth")
                        .addParameter(int.class, "first")
                        .addParameter(int.class, "end")
                        .addParameter(float[].class, "x")
                        .addParameter(int.class, "x0")
                        .addParameter(float[].class, "taps")
                        .addParameter(int.class, "taps0")
                        .addParameter(float[].class, "bias")
                        .addParameter(int.class, "bias0")
                        .addParameter(float[].class, "y")
                        .addParameter(int.class, "y0")
                        .addParameter(int.class, "stride")
                        .addStatement("int r = first")
                        .beginControlFlow("while (r < end)")
                        .addStatement("final int left = end - r")
                        .addStatement("final int rows");
        blocks(
                method,
                "windows",
                "(w, w0 + r * depth, depth, depth, x, x0, taps, taps0, bias, bias0 + r, y, y0 + r * stride, stride)");
        return method.addStatement("r += rows").endControlFlow().build();
    }

    /// Whole vectors are copied, so a little beyond the row is written, which the next row overwrites.
    private static MethodSpec packRow() {
        return MethodSpec.methodBuilder("packRow")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc(
                        "One row of a panel: {@code width} elements from {@code column} on, over rows of {@code length}.\n")
                .addParameter(float[].class, "x")
                .addParameter(int.class, "from")
                .addParameter(int.class, "down")
                .addParameter(int.class, "column")
                .addParameter(int.class, "length")
                .addParameter(int.class, "width")
                .addParameter(float[].class, "panel")
                .addParameter(int.class, "at")
                .addStatement("int source = from + column")
                .addStatement("int count = Math.min(length - column, width)")
                .addStatement("int done = 0")
                .beginControlFlow("while (true)")
                .beginControlFlow("for (int i = 0; i < count; i += LANES)")
                .addStatement("$T.fromArray(SPECIES, x, source + i).intoArray(panel, at + done + i)", VectorCode.VECTOR)
                .endControlFlow()
                .addStatement("done += count")
                .beginControlFlow("if (done >= width)")
                .addStatement("return")
                .endControlFlow()
                .addStatement("source = done == count ? from + down : source + down")
                .addStatement("count = Math.min(length, width - done)")
                .endControlFlow()
                .build();
    }
}
