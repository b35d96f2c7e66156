package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.ProductKernel;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/// What a product does with its sums where they lie, column by column: times scale, plus shift, activation.
///
/// @param kernel the product
record ColumnSteps(ProductKernel kernel) {
    /// True when sums stay as they are.
    boolean isEmpty() {
        return kernel.scale().isEmpty() && kernel.activation().isEmpty();
    }

    /// Makes the offsets of scale and shift parameters.
    void parameters(KernelMethod method) {
        kernel.scale().ifPresent(scale -> method.offset("factors", scale));
        kernel.shift().ifPresent(shift -> method.offset("summands", shift));
    }

    /// Calls [#vectors()] for some columns of some rows.
    void call(KernelMethod method, String place, String rows, String from, String to) {
        Rows out = Rows.of(method, "out", kernel.output());
        var columns = new StringBuilder();
        kernel.scale().ifPresent(scale -> columns.append(", ").append(method.array(scale)).append(", factors"));
        kernel.shift().ifPresent(shift -> columns.append(", ").append(method.array(shift)).append(", summands"));
        method.code()
                .addStatement(
                        "$L($L, $L, $L, $L, $L, $L$L)",
                        name(),
                        out.array(),
                        out.at(method, place),
                        out.stride(method),
                        rows,
                        from,
                        to,
                        columns);
    }

    private String name() {
        String affine = kernel.scale().isEmpty() ? "" : kernel.shift().isEmpty() ? "Scale" : "ScaleShift";
        return "apply" + affine + kernel.activation().map(ColumnSteps::name).orElse("");
    }

    /// Tells forms of one operator apart: `Gelu(TANH)` gives `GeluTanh`.
    private static String name(Elementwise activation) {
        String attributes = activation.toString().replaceAll("^[^\\[]*\\[|\\]$", "");
        String form =
                attributes.isEmpty()
                        ? ""
                        : Identifiers.className(attributes.replaceAll("[a-zA-Z]+=", "").toLowerCase(Locale.ROOT));
        return activation.getClass().getSimpleName() + form;
    }

    private String summary() {
        String affine =
                kernel.scale().isEmpty()
                        ? ""
                        : kernel.shift().isEmpty() ? "Times a scale" : "Times a scale, plus a shift";
        String activation = kernel.activation().map(op -> op.getClass().getSimpleName()).orElse("");
        return affine + (affine.isEmpty() || activation.isEmpty() ? "" : ", ") + activation;
    }

    /// A method that takes the steps for some columns of some rows, on vectors.
    MethodSpec vectors() {
        var code = CodeBlock.builder();
        code.beginControlFlow("for (int row = 0; row < rows; row++)");
        code.addStatement("final int start = c0 + row * stride");
        code.addStatement("int j = from");
        if (kernel.activation().map(Elementwise::expression).filter(f -> !VectorExpression.supports(f)).isEmpty()) {
            code.beginControlFlow("for (; j + LANES <= to; j += LANES)");
            code.addStatement(
                    "final $1T x = $1T.fromArray(SPECIES, c, start + j)"
                            + (kernel.scale().isPresent() ? ".mul($1T.fromArray(SPECIES, factor, factor0 + j))" : "")
                            + (kernel.shift().isPresent() ? ".add($1T.fromArray(SPECIES, summand, summand0 + j))" : ""),
                    VectorCode.VECTOR);
            ScalarExpr formula =
                    kernel.activation().map(Elementwise::expression).orElseGet(() -> ScalarExpr.argument(0));
            String result = new VectorExpression(code, List.of("x")).write(formula);
            code.addStatement("$L.intoArray(c, start + j)", result);
            code.endControlFlow();
        }
        code.beginControlFlow("for (; j < to; j++)");
        scalars(code, "c[start + j]");
        code.endControlFlow();
        code.endControlFlow();
        var method =
                MethodSpec.methodBuilder(name())
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addJavadoc("$L in place, columns {@code from} to {@code to} of some rows.\n", summary())
                        .addParameter(float[].class, "c")
                        .addParameter(int.class, "c0")
                        .addParameter(int.class, "stride")
                        .addParameter(int.class, "rows")
                        .addParameter(int.class, "from")
                        .addParameter(int.class, "to");
        kernel.scale().ifPresent(scale -> columns(method, "factor"));
        kernel.shift().ifPresent(shift -> columns(method, "summand"));
        return method.addCode(code.build()).build();
    }

    private static void columns(MethodSpec.Builder method, String name) {
        method.addParameter(float[].class, name).addParameter(int.class, name + "0");
    }

    /// Writes the steps for one element, in column `j`; the arrays are called `factor` and `summand`, their starts
    /// `factor0` and `summand0`.
    void scalars(CodeBlock.Builder code, String element) {
        if (kernel.scale().isPresent()) {
            code.addStatement(
                    "$L = $L * factor[factor0 + j]$L",
                    element,
                    element,
                    kernel.shift().isPresent() ? " + summand[summand0 + j]" : "");
        }
        kernel.activation()
                .ifPresent(activation -> {
                    var scalar =
                            new ScalarCode(
                                    List.of(element), ImmutableList.of(ElementType.FLOAT32), ElementType.FLOAT32);
                    code.addStatement("$L = $L", element, scalar.print(activation.expression()));
                });
    }
}
