package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.ResizeFillKernel;
import dev.skive.codegen.plan.ResizePlacesKernel;
import dev.skive.codegen.plan.ResizeWeightsKernel;
import dev.skive.codegen.plan.ResizedAxis;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.type.ElementType;

/// What the runtime computes once per sample of a resized axis.
///
/// @param method the method
/// @param axis the axis
record ResizeTables(KernelMethod method, ResizedAxis axis) {
    private static final ClassName PLACES = RuntimeTypes.of("ResizePlaces");
    private static final ClassName FILTER = RuntimeTypes.of("ResizeFilter");

    /// The elements that count.
    void places(ResizePlacesKernel kernel) {
        method.offset("out", kernel.write());
        declare();
        String taps = method.size(axis.taps());
        openLoop();
        if (axis.filter() instanceof ResizeFilter.Nearest(ResizeFilter.Rounding rounding)) {
            method.code()
                    .addStatement(
                            "$L[out + x] = places.nearest(x, $T.Rounding.$L)",
                            method.array(kernel.write()),
                            PLACES,
                            rounding);
        } else {
            method.code().beginControlFlow("for (int t = 0; t < $L; t++)", taps);
            method.code().addStatement("$L[out + x * $L + t] = filter.index(x, t)", method.array(kernel.write()), taps);
            method.code().endControlFlow();
        }
        method.code().endControlFlow();
    }

    /// How much they count.
    void weights(ResizeWeightsKernel kernel) {
        method.offset("out", kernel.write());
        declare();
        String taps = method.size(axis.taps());
        openLoop();
        method.code().addStatement("filter.store(x, $L, out + x * $L, $L)", method.array(kernel.write()), taps, taps);
        method.code().endControlFlow();
    }

    /// What stands where a sample lies outside.
    void fill(ResizeFillKernel kernel) {
        method.offset("out", kernel.write());
        method.code().addStatement("final var places = $L", newPlaces());
        String count = method.size(axis.count());
        String rows = method.size(kernel.write().shape().slice(0, 2).elementCount());
        String inner = method.size(kernel.write().shape().last());
        ElementType element = kernel.write().element();
        var code = method.code();
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.beginControlFlow("if (places.isOutside(row % $L))", count);
        code.addStatement(
                "java.util.Arrays.fill($L, out + row * $L, out + (row + 1) * $L, $L)",
                method.array(kernel.write()),
                inner,
                inner,
                ScalarCode.store(ScalarCode.literal(kernel.outside(), element), element));
        code.endControlFlow();
        code.endControlFlow();
    }

    private void openLoop() {
        String count = method.size(axis.count());
        method.code().beginControlFlow("for (int x = worker.from($L), to = worker.to($L); x < to; x++)", count, count);
    }

    private void declare() {
        method.code().addStatement("final var places = $L", newPlaces());
        if (axis.filter() instanceof ResizeFilter.Linear(boolean without, boolean spread)) {
            method.code().addStatement("final var filter = new $T(places, false, 0, $L, $L)", FILTER, without, spread);
        } else if (axis.filter() instanceof ResizeFilter.Cubic(double slope, boolean without, boolean spread)) {
            method.code()
                    .addStatement(
                            "final var filter = new $T(places, true, $L, $L, $L)", FILTER, slope, without, spread);
        }
    }

    private CodeBlock newPlaces() {
        String size = method.size(axis.size());
        String count = method.size(axis.count());
        double scale = axis.axis().scale();
        String factor =
                scale == 0 ? "(float) " + count + " / (float) " + size : ScalarCode.literal(scale, ElementType.FLOAT32);
        return CodeBlock.of(
                "new $T($T.Rule.$L, $L, $L, $L, $L, $L)",
                PLACES,
                PLACES,
                axis.coordinates(),
                size,
                count,
                factor,
                ScalarCode.literal(axis.axis().start(), ElementType.FLOAT32),
                ScalarCode.literal(axis.axis().end(), ElementType.FLOAT32));
    }
}
