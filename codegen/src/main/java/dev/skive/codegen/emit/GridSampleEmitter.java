package dev.skive.codegen.emit;

import com.google.common.base.Joiner;
import com.palantir.javapoet.ClassName;
import dev.skive.codegen.plan.GridSampleKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// Samples of images: the elements around each place of the grid are found once and used for all channels.
final class GridSampleEmitter implements KernelEmitter<GridSampleKernel> {
    private static final ClassName SAMPLER = RuntimeTypes.of("GridSampler");

    @Override
    public void emit(GridSampleKernel kernel, KernelMethod method) {
        View read = kernel.read();
        View grid = kernel.grid();
        method.offset("out", kernel.write());
        method.offset("in", read);
        method.offset("grid", grid);
        Shape image = read.shape().slice(2, read.shape().rank());
        int axes = image.rank();
        Dim places = grid.shape().slice(1, grid.shape().rank() - 1).elementCount();
        String points = method.size(places);
        String plane = method.size(image.elementCount());
        String channels = method.size(read.shape().dim(1));
        String rows = method.size(grid.shape().dim(0).times(places));
        var code = method.code();
        code.addStatement(
                "final var sampler = new $T($L, $T.Padding.$L, $L, $L, $L)",
                SAMPLER,
                kernel.op().interpolation().taps(),
                SAMPLER,
                kernel.op().padding(),
                kernel.op().alignCorners(),
                grid.element() != ElementType.FLOAT64,
                Joiner.on(", ").join(image.dims().stream().map(method::size).iterator()));
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.addStatement("final int first = row / $L * $L", points, channels);
        for (int axis = 0; axis < axes; axis++) {
            String at = method.array(grid) + "[grid + row * " + axes + " + " + axis + "]";
            code.addStatement("sampler.set($L, $L)", axis, ScalarCode.load(at, grid.element()));
        }
        code.addStatement("sampler.locate()");
        code.beginControlFlow("for (int channel = first; channel < first + $L; channel++)", channels);
        code.addStatement("double sum = 0");
        code.beginControlFlow("for (int tap = 0; tap < sampler.count(); tap++)");
        code.beginControlFlow("if (sampler.place(tap) >= 0)");
        String element = method.array(read) + "[in + channel * " + plane + " + sampler.place(tap)]";
        code.addStatement("sum += sampler.weight(tap) * $L", SumCode.load(element, read.element()));
        code.endControlFlow();
        code.endControlFlow();
        code.addStatement(
                "$L[out + channel * $L + row % $L] = $L",
                method.array(kernel.write()), points, points, SumCode.store("sum", read.element()));
        code.endControlFlow();
        code.endControlFlow();
    }
}
