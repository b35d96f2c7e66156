package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.plan.LoopKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;

/// Formulas as plain loops.
final class LoopEmitter implements KernelEmitter<LoopKernel> {
    @Override
    public void emit(LoopKernel kernel, KernelMethod method) {
        var views = ImmutableList.<View>builder().add(kernel.write()).addAll(kernel.reads()).build();
        List<String> starts = new ArrayList<>();
        starts.add(method.offset("out", kernel.write()));
        for (int i = 0; i < kernel.reads().size(); i++) {
            starts.add(method.offset("in" + i, kernel.reads().get(i)));
        }
        arrays(method, views, starts);
        var nest = new LoopNest(kernel.write().shape(), views);
        ImmutableList<String> rows = nest.open(method, starts);
        nest.bounds(method);
        method.code().beginControlFlow("for (int i = from; i < to; i++)");
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < kernel.reads().size(); i++) {
            String index = nest.index(method, rows.get(i + 1), i + 1);
            elements.add(ScalarCode.load("in" + i + "Array[" + index + "]", kernel.reads().get(i).element()));
        }
        ElementType result = kernel.write().element();
        var code = new ScalarCode(elements, types(kernel), literalType(result, kernel));
        method.code()
                .addStatement(
                        "outArray[$L] = $L",
                        nest.index(method, rows.getFirst(), 0),
                        code.stored(kernel.formula(), result));
        method.code().endControlFlow();
        nest.close(method);
    }

    /// Declares a local for the array of each view.
    static void arrays(KernelMethod method, List<View> views, List<String> names) {
        for (int i = 0; i < views.size(); i++) {
            method.code()
                    .addStatement(
                            "final $L[] $LArray = $L",
                            views.get(i).buffer().storage().primitive(),
                            names.get(i),
                            method.array(views.get(i)));
        }
    }

    /// The element types of the arguments.
    static ImmutableList<ElementType> types(LoopKernel kernel) {
        return kernel.reads().stream().map(View::element).collect(ImmutableList.toImmutableList());
    }

    /// The type real literals are computed in: that of the real operands, else of the result.
    static ElementType literalType(ElementType result, LoopKernel kernel) {
        return kernel.reads().stream()
                .map(View::element)
                .filter(ElementType::isReal)
                .findFirst()
                .orElse(result.isReal() ? result : ElementType.FLOAT32);
    }
}
