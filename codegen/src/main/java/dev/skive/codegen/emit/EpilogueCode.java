package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.Epilogue;
import dev.skive.ir.type.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.lang.model.element.Modifier;

/// Epilogues of float32 results on vectors.
///
/// @param epilogue what is done
record EpilogueCode(Epilogue epilogue) {
    private static final int DIGITS = 12;

    /// Tells helpers with different epilogues apart; empty for none.
    String suffix() {
        if (epilogue.isEmpty()) {
            return "";
        }
        String text = epilogue.formula().toString();
        return "_" + Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString().substring(0, DIGITS);
    }

    /// Number of tensors read.
    int reads() {
        return epilogue.reads().size();
    }

    /// Parameters for the tensors read: their array, which all share, and the place of the first element.
    void parameters(MethodSpec.Builder method) {
        for (int i = 0; i < reads(); i++) {
            method.addParameter(float[].class, "z" + i).addParameter(int.class, "z" + i + "0");
        }
    }

    /// Arguments for these parameters, where the first element is at `place`.
    String arguments(KernelMethod method, String place) {
        var text = new StringBuilder();
        for (int i = 0; i < reads(); i++) {
            text.append(", ").append(method.array(epilogue.reads().get(i)));
            text.append(", read").append(i).append(" + ").append(place);
        }
        return text.toString();
    }

    /// Writes the epilogue of a vector of elements, `offset` elements after the first.
    ///
    /// @return the variable that holds the result
    String vector(CodeBlock.Builder code, String sum, String offset) {
        List<String> arguments = new ArrayList<>(List.of(sum));
        for (int i = 0; i < reads(); i++) {
            code.addStatement(
                    "final $1T u$2L = $1T.fromArray(SPECIES, z$2L, z$2L0 + $3L)", VectorCode.VECTOR, i, offset);
            arguments.add("u" + i);
        }
        return new VectorExpression(code, arguments).write(epilogue.formula());
    }

    /// A method that applies the epilogue in place to rows of elements.
    MethodSpec method() {
        var method =
                MethodSpec.methodBuilder("finish" + suffix())
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addJavadoc("$L in place, some rows.\n", Identifiers.comment(epilogue.name()))
                        .addParameter(float[].class, "c")
                        .addParameter(int.class, "c0")
                        .addParameter(int.class, "stride")
                        .addParameter(int.class, "rows")
                        .addParameter(int.class, "width");
        parameters(method);
        var code = CodeBlock.builder();
        code.beginControlFlow("for (int row = 0; row < rows; row++)");
        code.addStatement("final int at = row * stride");
        code.addStatement("int j = 0");
        if (VectorExpression.supports(epilogue.formula())) {
            code.beginControlFlow("for (; j + LANES <= width; j += LANES)");
            code.addStatement("final $1T x = $1T.fromArray(SPECIES, c, c0 + at + j)", VectorCode.VECTOR);
            code.addStatement("$L.intoArray(c, c0 + at + j)", vector(code, "x", "at + j"));
            code.endControlFlow();
        }
        code.beginControlFlow("for (; j < width; j++)");
        List<String> arguments = new ArrayList<>(List.of("c[c0 + at + j]"));
        for (int i = 0; i < reads(); i++) {
            arguments.add("z" + i + "[z" + i + "0 + at + j]");
        }
        var types = ImmutableList.copyOf(Collections.nCopies(arguments.size(), ElementType.FLOAT32));
        var scalar = new ScalarCode(arguments, types, ElementType.FLOAT32);
        code.addStatement("c[c0 + at + j] = $L", scalar.print(epilogue.formula()));
        code.endControlFlow();
        code.endControlFlow();
        return method.addCode(code.build()).build();
    }
}
