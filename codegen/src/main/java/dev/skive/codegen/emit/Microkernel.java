package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import javax.lang.model.element.Modifier;

/// The innermost loop of a product: a block of rows times a panel two vectors wide, all sums in registers. Each step
/// loads one row of the right operand and broadcasts one element per row of the left one. Plain loops over pointers are
/// what C2 turns into the fewest instructions.
///
/// @param name name of the method
/// @param rows rows of the block
/// @param use which product it is for
record Microkernel(String name, int rows, Use use) {
    /// The products there are.
    enum Use {
        /// Rows of activations times a panel of weights, added to rows of a base (for the bias, one row for all).
        WEIGHTS,
        /// Keys times packed queries; sums start with the mask of each key.
        SCORES,
        /// Weights of a convolution times packed positions; the bias of each row is added to its sums at the end.
        CHANNELS,
        /// The same for positions whose windows are read where they lie.
        WINDOWS,
        /// Transposed scores times values; sums are divided by a number per row at the end.
        VALUES
    }

    /// The method.
    MethodSpec emit() {
        var method =
                MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addParameter(float[].class, "a")
                        .addParameter(int.class, "a0");
        if (use != Use.VALUES) {
            method.addParameter(int.class, "down");
        }
        method.addParameter(int.class, "depth");
        if (use == Use.WEIGHTS) {
            method.addParameter(long.class, "panel");
        } else {
            method.addParameter(float[].class, "b").addParameter(int.class, "b0");
        }
        if (use == Use.VALUES) {
            method.addParameter(int.class, "step");
        }
        if (use == Use.WINDOWS) {
            method.addParameter(float[].class, "taps").addParameter(int.class, "taps0");
        }
        method.addParameter(float[].class, "start").addParameter(int.class, "at");
        if (use == Use.WEIGHTS) {
            method.addParameter(int.class, "startStride");
        }
        return method.addParameter(float[].class, "c")
                .addParameter(int.class, "c0")
                .addParameter(int.class, "stride")
                .addCode(body())
                .build();
    }

    private CodeBlock body() {
        var code = CodeBlock.builder();
        sums(code);
        for (int row = 1; row < rows && use != Use.VALUES; row++) {
            code.addStatement("final int a$L = a$L + down", row, row - 1);
        }
        switch (use) {
            case WEIGHTS ->
                    code.addStatement("long p = panel")
                            .beginControlFlow("for (int k = 0; k < depth; k++, p += PANEL_BYTES)");
            case SCORES, CHANNELS ->
                    code.addStatement("int p = b0").beginControlFlow("for (int k = 0; k < depth; k++, p += PANEL)");
            case WINDOWS ->
                    code.beginControlFlow("for (int k = 0; k < depth; k++)")
                            .addStatement("final int p = b0 + Float.floatToRawIntBits(taps[taps0 + k])");
            case VALUES ->
                    code.addStatement("int p = b0")
                            .addStatement("int q = a0")
                            .beginControlFlow("for (int k = 0; k < depth; k++, p += step, q += PANEL)");
        }
        load(code, 0);
        load(code, 1);
        code.addStatement("$T x", VectorCode.VECTOR);
        for (int row = 0; row < rows; row++) {
            String left = use == Use.VALUES ? "q + " + row : "a" + row + " + k";
            code.addStatement("x = $T.broadcast(SPECIES, a[$L])", VectorCode.VECTOR, left);
            code.addStatement("s$Lx0 = x.fma(v0, s$Lx0)", row, row);
            code.addStatement("s$Lx1 = x.fma(v1, s$Lx1)", row, row);
        }
        code.endControlFlow();
        for (int row = 0; row < rows; row++) {
            store(code, row);
        }
        return code.build();
    }

    private void sums(CodeBlock.Builder code) {
        boolean startsAtZero = use != Use.SCORES;
        if (startsAtZero) {
            code.addStatement("final $1T zero = $1T.zero(SPECIES)", VectorCode.VECTOR);
        }
        for (int row = 0; row < rows; row++) {
            String sums =
                    startsAtZero
                            ? "$1T s$2Lx0 = zero, s$2Lx1 = zero"
                            : "$1T s$2Lx0 = $1T.broadcast(SPECIES, start[at + $2L]), s$2Lx1 = s$2Lx0";
            code.addStatement(sums, VectorCode.VECTOR, row);
        }
    }

    private void load(CodeBlock.Builder code, int vector) {
        if (use == Use.WEIGHTS) {
            code.addStatement(
                    "final $1T v$2L = $1T.fromMemorySegment(SPECIES, W, $3L, ORDER)",
                    VectorCode.VECTOR,
                    vector,
                    vector == 0 ? "p" : "p + VECTOR_BYTES");
        } else {
            code.addStatement(
                    "final $1T v$2L = $1T.fromArray(SPECIES, b, $3L)",
                    VectorCode.VECTOR,
                    vector,
                    vector == 0 ? "p" : "p + LANES");
        }
    }

    private void store(CodeBlock.Builder code, int row) {
        String place = "c0" + times(row, "stride");
        if (use == Use.VALUES) {
            code.addStatement("final float f$1L = 1 / Math.max(start[at + $1L], Float.MIN_NORMAL)", row);
        }
        for (int half = 0; half < 2; half++) {
            String lanes = half == 0 ? "" : " + LANES";
            CodeBlock finish =
                    switch (use) {
                        case WEIGHTS ->
                                CodeBlock.of(
                                        ".add($T.fromArray(SPECIES, start, at$L$L))",
                                        VectorCode.VECTOR,
                                        times(row, "startStride"),
                                        lanes);
                        case SCORES -> CodeBlock.of("");
                        case CHANNELS, WINDOWS -> CodeBlock.of(".add(start[at + $L])", row);
                        case VALUES -> CodeBlock.of(".mul(f$L)", row);
                    };
            code.addStatement("s$Lx$L$L.intoArray(c, $L$L)", row, half, finish, place, lanes);
        }
    }

    private static String times(int row, String stride) {
        return row == 0 ? "" : " + " + (row == 1 ? "" : row + " * ") + stride;
    }
}
