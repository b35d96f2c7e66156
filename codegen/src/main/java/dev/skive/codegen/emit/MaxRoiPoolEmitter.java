package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import dev.skive.codegen.plan.MaxRoiPoolKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.op.MaxRoiPool;
import dev.skive.ir.type.ElementType;

/// Maxima in the bins of regions, a region and channel per step.
final class MaxRoiPoolEmitter implements KernelEmitter<MaxRoiPoolKernel> {
    private static final ClassName BINS = RuntimeTypes.of("RegionBins");

    @Override
    public void emit(MaxRoiPoolKernel kernel, KernelMethod method) {
        MaxRoiPool op = kernel.op();
        View read = kernel.read();
        method.offset("out", kernel.write());
        method.offset("in", read);
        method.offset("regions", kernel.regions());
        String channels = method.size(read.shape().dim(1));
        String planes = method.size(kernel.write().shape().slice(0, 2).elementCount());
        String width = method.size(read.shape().dim(3));
        String plane = method.size(read.shape().slice(2, 4).elementCount());
        var code = method.code();
        for (String axis : new String[] {"rows", "columns"}) {
            code.addStatement(
                    "final var $L = new $T($L, $L, $L, $L)",
                    axis,
                    BINS,
                    axis.equals("rows") ? op.rows() : op.columns(),
                    ScalarCode.literal(op.scale(), ElementType.FLOAT32),
                    read.element() != ElementType.FLOAT64,
                    axis.equals("rows") ? method.size(read.shape().dim(2)) : width);
        }
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", planes, planes);
        code.addStatement("final int region = regions + row / $L * 5", channels);
        code.addStatement(
                "final int image = $T.image($L, $L)", BINS, place(kernel, method, 0), method.size(read.shape().dim(0)));
        code.addStatement("final int plane = in + (image * $L + row % $L) * $L", channels, channels, plane);
        code.addStatement("columns.region($L, $L)", place(kernel, method, 1), place(kernel, method, 3));
        code.addStatement("rows.region($L, $L)", place(kernel, method, 2), place(kernel, method, 4));
        code.beginControlFlow("for (int bin = 0; bin < $L; bin++)", op.rows() * op.columns());
        code.addStatement(
                "final int top = rows.start(bin / $L), bottom = rows.end(bin / $L)", op.columns(), op.columns());
        code.addStatement(
                "final int left = columns.start(bin % $L), right = columns.end(bin % $L)", op.columns(), op.columns());
        code.addStatement("double value = top < bottom && left < right ? Double.NEGATIVE_INFINITY : 0");
        code.beginControlFlow("for (int y = top; y < bottom; y++)");
        code.beginControlFlow("for (int x = left; x < right; x++)");
        String element = method.array(read) + "[plane + y * " + width + " + x]";
        code.addStatement("final double element = $L", SumCode.load(element, read.element()));
        code.addStatement("value = element > value ? element : value");
        code.endControlFlow();
        code.endControlFlow();
        code.addStatement(
                "$L[out + row * $L + bin] = $L",
                method.array(kernel.write()),
                op.rows() * op.columns(),
                SumCode.store("value", read.element()));
        code.endControlFlow();
        code.endControlFlow();
    }

    private static String place(MaxRoiPoolKernel kernel, KernelMethod method, int index) {
        View regions = kernel.regions();
        return SumCode.load(method.array(regions) + "[region + " + index + "]", regions.element());
    }
}
