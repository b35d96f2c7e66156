package dev.skive.codegen.emit;

import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.Matrix;
import dev.skive.codegen.plan.Norm;
import dev.skive.codegen.plan.NormKernel;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/// Normalization of rows, one row at a time: sum, squared differences, scaling.
final class VectorNormEmitter implements KernelEmitter<NormKernel> {
    private static final int WIDEST_LANES = 16;

    @Override
    public void emit(NormKernel kernel, KernelMethod method) {
        String out = method.offset("out", kernel.output().view());
        String in = method.offset("in", kernel.input().view());
        kernel.residual().ifPresent(residual -> method.offset("residual", residual.view()));
        parameters(kernel.norm(), method);
        String rows = method.size(kernel.output().rows());
        method.code().addStatement("final int from = worker.from($L)", rows);
        method.code().addStatement("final int to = worker.to($L)", rows);
        var source = Rows.of(method, in, kernel.input());
        var target = Rows.of(method, out, kernel.output());
        call(method, kernel.norm(), kernel.residual(), source, target);
    }

    /// Makes scale and bias parameters.
    static void parameters(Norm norm, KernelMethod method) {
        method.offset("scale", norm.scale());
        norm.bias().ifPresent(bias -> method.offset("shift", bias));
    }

    /// Writes the normalization of rows `from` to `to`.
    static void call(KernelMethod method, Norm norm, Optional<Matrix> residual, Rows source, Rows target) {
        int width = (int) target.matrix().columns().known();
        MethodSpec helper = helper(norm, residual.isPresent(), width % WIDEST_LANES != 0);
        method.helper(helper);
        var code = method.code();
        code.beginControlFlow("for (int row = from; row < to; row++)");
        String sum =
                residual.map(matrix -> Rows.of(method, "residual", matrix))
                        .map(rows -> ", " + rows.array() + ", " + rows.at(method, "row"))
                        .orElse("");
        String factors =
                ", "
                        + method.array(norm.scale())
                        + ", scale"
                        + norm.bias().map(bias -> ", " + method.array(bias) + ", shift").orElse("");
        code.addStatement(
                "$L($L, $L$L, $L, $L, $L$L, $Lf)",
                helper.name(),
                source.array(),
                source.at(method, "row"),
                sum,
                target.array(),
                target.at(method, "row"),
                width,
                factors,
                Float.toString((float) norm.epsilon()));
        code.endControlFlow();
    }

    private static MethodSpec helper(Norm norm, boolean residual, boolean ragged) {
        String name =
                (residual ? "addAnd" : "")
                        + (norm.centered() ? "LayerNorm" : "RmsNorm")
                        + (norm.bias().isPresent() ? "" : "Unshifted")
                        + (ragged ? "Ragged" : "")
                        + "Row";
        var method =
                MethodSpec.methodBuilder(Character.toLowerCase(name.charAt(0)) + name.substring(1))
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addParameter(float[].class, "x")
                        .addParameter(int.class, "x0");
        if (residual) {
            method.addParameter(float[].class, "y").addParameter(int.class, "y0");
        }
        method.addParameter(float[].class, "out")
                .addParameter(int.class, "out0")
                .addParameter(int.class, "width")
                .addParameter(float[].class, "scale")
                .addParameter(int.class, "scale0");
        if (norm.bias().isPresent()) {
            method.addParameter(float[].class, "shift").addParameter(int.class, "shift0");
        }
        method.addParameter(float.class, "epsilon");
        method.addStatement("final int vectors = $L", ragged ? "width - width % LANES" : "width");
        mean(method, norm.centered(), residual, ragged);
        squares(method, norm.centered(), ragged);
        scaling(method, norm, ragged);
        return method.build();
    }

    private static void mean(MethodSpec.Builder method, boolean centered, boolean residual, boolean ragged) {
        method.addStatement("$1T sum = $1T.zero(SPECIES)", VectorCode.VECTOR);
        method.beginControlFlow("for (int j = 0; j < vectors; j += LANES)");
        method.addStatement(
                residual
                        ? "final $1T v = $1T.fromArray(SPECIES, x, x0 + j).add($1T.fromArray(SPECIES, y, y0 + j))"
                        : "final $1T v = $1T.fromArray(SPECIES, x, x0 + j)",
                VectorCode.VECTOR);
        method.addStatement("v.intoArray(out, out0 + j)");
        method.addStatement("sum = sum.add(v)");
        method.endControlFlow();
        fold(method, "sum");
        method.addStatement("float total = sum.lane(0)");
        if (ragged) {
            method.beginControlFlow("for (int j = vectors; j < width; j++)");
            method.addStatement(residual ? "out[out0 + j] = x[x0 + j] + y[y0 + j]" : "out[out0 + j] = x[x0 + j]");
            method.addStatement("total += out[out0 + j]");
            method.endControlFlow();
        }
        method.addStatement("final float mean = $L", centered ? "total / width" : "0f");
    }

    private static void squares(MethodSpec.Builder method, boolean centered, boolean ragged) {
        method.addStatement("$1T squares = $1T.zero(SPECIES)", VectorCode.VECTOR);
        method.beginControlFlow("for (int j = 0; j < vectors; j += LANES)");
        method.addStatement(
                "final $1T d = $1T.fromArray(SPECIES, out, out0 + j)" + (centered ? ".sub(mean)" : ""),
                VectorCode.VECTOR);
        method.addStatement("squares = d.fma(d, squares)");
        method.endControlFlow();
        fold(method, "squares");
        method.addStatement("float square = squares.lane(0)");
        if (ragged) {
            method.beginControlFlow("for (int j = vectors; j < width; j++)");
            method.addStatement("final float d = out[out0 + j] - mean");
            method.addStatement("square += d * d");
            method.endControlFlow();
        }
        method.addStatement("final float factor = (float) (1 / Math.sqrt(square / width + epsilon))");
    }

    private static void scaling(MethodSpec.Builder method, Norm norm, boolean ragged) {
        boolean shifted = norm.bias().isPresent();
        method.beginControlFlow("for (int j = 0; j < vectors; j += LANES)");
        method.addStatement("final $1T s = $1T.fromArray(SPECIES, scale, scale0 + j)", VectorCode.VECTOR);
        method.addStatement(
                "final $1T d = $1T.fromArray(SPECIES, out, out0 + j)"
                        + (norm.centered() ? ".sub(mean)" : "")
                        + ".mul(factor)",
                VectorCode.VECTOR);
        if (shifted) {
            method.addStatement(
                    "d.fma(s, $1T.fromArray(SPECIES, shift, shift0 + j)).intoArray(out, out0 + j)", VectorCode.VECTOR);
        } else {
            method.addStatement("d.mul(s).intoArray(out, out0 + j)");
        }
        method.endControlFlow();
        if (ragged) {
            method.beginControlFlow("for (int j = vectors; j < width; j++)");
            method.addStatement(
                    "out[out0 + j] = (out[out0 + j] - mean) * factor * scale[scale0 + j]"
                            + (shifted ? " + shift[shift0 + j]" : ""));
            method.endControlFlow();
        }
    }

    private static void fold(MethodSpec.Builder method, String sum) {
        method.beginControlFlow("for ($T<Float> fold : FOLDS)", VectorCode.SHUFFLE);
        method.addStatement("$1L = $1L.add($1L.rearrange(fold))", sum);
        method.endControlFlow();
    }
}
