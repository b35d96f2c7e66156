package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.plan.LoopKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;

/// Formulas over float32 a vector at a time, the last few elements one by one; other formulas as plain loops.
final class VectorLoopEmitter implements KernelEmitter<LoopKernel> {
    @Override
    public void emit(LoopKernel kernel, KernelMethod method) {
        var views = ImmutableList.<View>builder().add(kernel.write()).addAll(kernel.reads()).build();
        var nest = new LoopNest(kernel.write().shape(), views);
        if (!fits(kernel, views, nest)) {
            new LoopEmitter().emit(kernel, method);
            return;
        }
        List<String> starts = new ArrayList<>();
        starts.add(method.offset("out", kernel.write()));
        for (int i = 0; i < kernel.reads().size(); i++) {
            starts.add(method.offset("in" + i, kernel.reads().get(i)));
        }
        LoopEmitter.arrays(method, views, starts);
        ImmutableList<String> rows = nest.open(method, starts);
        nest.bounds(method);
        method.code().addStatement("int i = from");
        vectors(kernel, method, nest, rows);
        rest(kernel, method, nest, rows);
        nest.close(method);
    }

    private static boolean fits(LoopKernel kernel, List<View> views, LoopNest nest) {
        for (int i = 0; i < views.size(); i++) {
            Dim stride = nest.innerStride(i);
            boolean isFloat = views.get(i).element() == ElementType.FLOAT32;
            if (!(isFloat && stride.is(1)) && !(i > 0 && stride.is(0))) {
                return false;
            }
        }
        return isFloat(kernel.formula(), kernel) && VectorExpression.supports(kernel.formula());
    }

    /// True when arguments of other types are used as float32 only.
    private static boolean isFloat(ScalarExpr formula, LoopKernel kernel) {
        return switch (formula) {
            case ScalarExpr.Argument(int index) -> kernel.reads().get(index).element() == ElementType.FLOAT32;
            case ScalarExpr.Literal literal -> true;
            case ScalarExpr.Convert(ElementType to, ScalarExpr.Argument argument) -> to == ElementType.FLOAT32;
            case ScalarExpr.Convert(ElementType to, ScalarExpr value) -> isFloat(value, kernel);
            case ScalarExpr.Bits bits -> false;
            case ScalarExpr.Apply(var function, var parts) -> parts.stream().allMatch(part -> isFloat(part, kernel));
        };
    }

    private static void vectors(LoopKernel kernel, KernelMethod method, LoopNest nest, List<String> rows) {
        var code = method.code();
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < kernel.reads().size(); i++) {
            arguments.add("x" + i);
            if (nest.innerStride(i + 1).is(0)) {
                String element = "in" + i + "Array[" + rows.get(i + 1) + "]";
                code.addStatement(
                        "final $1T x$2L = $1T.broadcast(SPECIES, $3L)",
                        VectorCode.VECTOR,
                        i,
                        ScalarCode.asFloat(element, kernel.reads().get(i).element()));
            }
        }
        code.beginControlFlow("for (; i + LANES <= to; i += LANES)");
        for (int i = 0; i < kernel.reads().size(); i++) {
            if (!nest.innerStride(i + 1).is(0)) {
                code.addStatement(
                        "final $1T x$2L = $1T.fromArray(SPECIES, in$2LArray, $3L)",
                        VectorCode.VECTOR,
                        i,
                        nest.index(method, rows.get(i + 1), i + 1));
            }
        }
        String result = new VectorExpression(code, arguments).write(kernel.formula());
        code.addStatement("$L.intoArray(outArray, $L)", result, nest.index(method, rows.getFirst(), 0));
        code.endControlFlow();
    }

    private static void rest(LoopKernel kernel, KernelMethod method, LoopNest nest, List<String> rows) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < kernel.reads().size(); i++) {
            String element = "in" + i + "Array[" + nest.index(method, rows.get(i + 1), i + 1) + "]";
            elements.add(ScalarCode.load(element, kernel.reads().get(i).element()));
        }
        var scalar = new ScalarCode(elements, LoopEmitter.types(kernel), ElementType.FLOAT32);
        method.code().beginControlFlow("for (; i < to; i++)");
        method.code()
                .addStatement(
                        "outArray[$L] = $L", nest.index(method, rows.getFirst(), 0), scalar.print(kernel.formula()));
        method.code().endControlFlow();
    }
}
