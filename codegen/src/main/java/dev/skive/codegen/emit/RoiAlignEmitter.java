package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.RoiAlignKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.op.RoiAlign;
import dev.skive.ir.type.ElementType;

/// Bins of regions: the elements around each sample are found once and used for all channels.
final class RoiAlignEmitter implements KernelEmitter<RoiAlignKernel> {
    private static final ClassName SAMPLER = RuntimeTypes.of("RegionSampler");

    @Override
    public void emit(RoiAlignKernel kernel, KernelMethod method) {
        RoiAlign op = kernel.op();
        View read = kernel.read();
        method.offset("out", kernel.write());
        method.offset("in", read);
        method.offset("regions", kernel.regions());
        method.offset("numbers", kernel.numbers());
        String channels = method.size(read.shape().dim(1));
        int bins = op.rows() * op.columns();
        String rows = method.size(kernel.regions().shape().dim(0).times(bins));
        var code = method.code();
        code.addStatement(
                "final var sampler = new $T(new $T.Raster($L, $L, $L, $L, $L, $L), $L, $L)",
                SAMPLER,
                SAMPLER,
                op.rows(),
                op.columns(),
                op.samples(),
                ScalarCode.literal(op.scale(), ElementType.FLOAT32),
                op.halfPixel(),
                read.element() != ElementType.FLOAT64,
                method.size(read.shape().dim(2)),
                method.size(read.shape().dim(3)));
        code.addStatement("final double[] folds = new double[$L]", channels);
        code.beginControlFlow("for (int row = worker.from($L), to = worker.to($L); row < to; row++)", rows, rows);
        code.addStatement("final int region = row / $L", bins);
        code.addStatement(
                "sampler.region($L, $L, $L, $L)",
                coordinate(kernel, method, 0),
                coordinate(kernel, method, 1),
                coordinate(kernel, method, 2),
                coordinate(kernel, method, 3));
        code.addStatement(
                "final int image = $T.index($L, $L)",
                RuntimeTypes.SIZES,
                ScalarCode.load(method.array(kernel.numbers()) + "[numbers + region]", kernel.numbers().element()),
                method.size(read.shape().dim(0)));
        fold(kernel, method, channels);
        code.beginControlFlow("for (int channel = 0; channel < $L; channel++)", channels);
        CodeBlock folded =
                op.maximum()
                        ? CodeBlock.of("sampler.samples() == 0 ? 0 : folds[channel]")
                        : CodeBlock.of("folds[channel] / Math.max(1, sampler.samples())");
        code.addStatement("final double value = $L", folded);
        code.addStatement(
                "$L[out + (region * $L + channel) * $L + row % $L] = $L",
                method.array(kernel.write()), channels, bins, bins, SumCode.store("value", read.element()));
        code.endControlFlow();
        code.endControlFlow();
    }

    private static String coordinate(RoiAlignKernel kernel, KernelMethod method, int index) {
        String at = method.array(kernel.regions()) + "[regions + region * 4 + " + index + "]";
        return ScalarCode.load(at, kernel.regions().element());
    }

    private static void fold(RoiAlignKernel kernel, KernelMethod method, String channels) {
        View read = kernel.read();
        String plane = method.size(read.shape().slice(2, 4).elementCount());
        int bins = kernel.op().rows() * kernel.op().columns();
        boolean maximum = kernel.op().maximum();
        var code = method.code();
        code.addStatement("java.util.Arrays.fill(folds, $L)", maximum ? "Double.NEGATIVE_INFINITY" : "0");
        code.beginControlFlow("for (int sample = 0; sample < sampler.samples(); sample++)");
        code.addStatement("sampler.locate(row % $L, sample)", bins);
        code.beginControlFlow("for (int corner = 0; corner < 4; corner++)");
        code.addStatement("final int place = sampler.place(corner)");
        code.beginControlFlow("for (int channel = 0; channel < $L; channel++)", channels);
        String element = method.array(read) + "[in + (image * " + channels + " + channel) * " + plane + " + place]";
        code.addStatement(
                "final double part = place < 0 ? 0 : sampler.weight(corner) * $L",
                SumCode.load(element, read.element()));
        code.addStatement("folds[channel] = $L", maximum ? "Math.max(folds[channel], part)" : "folds[channel] + part");
        code.endControlFlow();
        code.endControlFlow();
        code.endControlFlow();
    }
}
