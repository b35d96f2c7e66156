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
        /// Rows of activations times a panel of weights; sums start with the bias of each column.
        WEIGHTS,
        /// Keys times packed queries; sums start with the mask of each key.
        SCORES,
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
        return method.addParameter(float[].class, "start")
                .addParameter(int.class, "at")
                .addParameter(float[].class, "c")
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
            case SCORES ->
                    code.addStatement("int p = b0").beginControlFlow("for (int k = 0; k < depth; k++, p += PANEL)");
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
        switch (use) {
            case WEIGHTS ->
                    code.addStatement("final $1T first0 = $1T.fromArray(SPECIES, start, at)", VectorCode.VECTOR)
                            .addStatement(
                                    "final $1T first1 = $1T.fromArray(SPECIES, start, at + LANES)", VectorCode.VECTOR);
            case SCORES -> {}
            case VALUES -> code.addStatement("final $1T zero = $1T.zero(SPECIES)", VectorCode.VECTOR);
        }
        for (int row = 0; row < rows; row++) {
            switch (use) {
                case WEIGHTS -> code.addStatement("$1T s$2Lx0 = first0, s$2Lx1 = first1", VectorCode.VECTOR, row);
                case SCORES ->
                        code.addStatement(
                                "$1T s$2Lx0 = $1T.broadcast(SPECIES, start[at + $2L]), s$2Lx1 = s$2Lx0",
                                VectorCode.VECTOR,
                                row);
                case VALUES -> code.addStatement("$1T s$2Lx0 = zero, s$2Lx1 = zero", VectorCode.VECTOR, row);
            }
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
        String place = row == 0 ? "c0" : "c0 + " + (row == 1 ? "" : row + " * ") + "stride";
        String factor = "";
        if (use == Use.VALUES) {
            code.addStatement("final float f$L = 1 / Math.max(start[at + $L], Float.MIN_NORMAL)", row, row);
            factor = ".mul(f" + row + ")";
        }
        code.addStatement("s$Lx0$L.intoArray(c, $L)", row, factor, place);
        code.addStatement("s$Lx1$L.intoArray(c, $L + LANES)", row, factor, place);
    }
}
