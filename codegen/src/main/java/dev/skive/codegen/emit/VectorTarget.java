package dev.skive.codegen.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.AttentionKernel;
import dev.skive.codegen.plan.BatchedProductKernel;
import dev.skive.codegen.plan.BestIndexKernel;
import dev.skive.codegen.plan.ConvKernel;
import dev.skive.codegen.plan.ConvTransposeKernel;
import dev.skive.codegen.plan.CopyKernel;
import dev.skive.codegen.plan.DetKernel;
import dev.skive.codegen.plan.EmbeddingKernel;
import dev.skive.codegen.plan.FrameKernel;
import dev.skive.codegen.plan.GatherElementsKernel;
import dev.skive.codegen.plan.GatherKernel;
import dev.skive.codegen.plan.GatherTuplesKernel;
import dev.skive.codegen.plan.Kernel;
import dev.skive.codegen.plan.LoopKernel;
import dev.skive.codegen.plan.NormKernel;
import dev.skive.codegen.plan.PadKernel;
import dev.skive.codegen.plan.PoolKernel;
import dev.skive.codegen.plan.ProductKernel;
import dev.skive.codegen.plan.RangeKernel;
import dev.skive.codegen.plan.RecurrentKernel;
import dev.skive.codegen.plan.ReductionKernel;
import dev.skive.codegen.plan.RunningSumKernel;
import dev.skive.codegen.plan.ScatterElementsKernel;
import dev.skive.codegen.plan.ScatterTuplesKernel;
import dev.skive.codegen.plan.SizesKernel;
import dev.skive.codegen.plan.SoftmaxKernel;
import dev.skive.codegen.plan.SpatialKernel;
import java.util.List;

/// The Vector API, at the width the JVM prefers.
record VectorTarget() implements Target {
    @Override
    public String suffix() {
        return "Vector";
    }

    @Override
    public String description() {
        return "{@link $T} on the Vector API.\n";
    }

    @Override
    public List<FieldSpec> fields(GeneratedNames names) {
        return VectorCode.fields(names);
    }

    @Override
    public List<MethodSpec> methods() {
        return List.of(VectorCode.foldsMethod());
    }

    @Override
    public void emit(Kernel kernel, KernelMethod method) {
        switch (kernel) {
            case AttentionKernel attention -> new VectorAttentionEmitter().emit(attention, method);
            case BatchedProductKernel product -> new BatchedProductEmitter().emit(product, method);
            case BestIndexKernel search -> new BestIndexEmitter().emit(search, method);
            case ConvKernel conv when VectorDepthwiseEmitter.fits(conv) ->
                    new VectorDepthwiseEmitter().emit(conv, method);
            case ConvKernel conv when VectorConvEmitter.fits(conv) -> new VectorConvEmitter().emit(conv, method);
            case ConvKernel conv -> new ConvEmitter().emit(conv, method);
            case ConvTransposeKernel conv -> new ConvTransposeEmitter().emit(conv, method);
            case CopyKernel copy -> new CopyEmitter().emit(copy, method);
            case DetKernel det -> new DetEmitter().emit(det, method);
            case EmbeddingKernel embedding -> new VectorEmbeddingEmitter().emit(embedding, method);
            case FrameKernel frame -> new FrameEmitter(true).emit(frame, method);
            case GatherElementsKernel gather -> new GatherElementsEmitter().emit(gather, method);
            case GatherKernel gather -> new GatherEmitter().emit(gather, method);
            case GatherTuplesKernel gather -> new GatherTuplesEmitter().emit(gather, method);
            case LoopKernel loop -> new VectorLoopEmitter().emit(loop, method);
            case NormKernel norm when DoubleNormEmitter.applies(norm) -> new DoubleNormEmitter().emit(norm, method);
            case NormKernel norm when !norm.output().columns().isKnown() -> new ScalarNormEmitter().emit(norm, method);
            case NormKernel norm -> new VectorNormEmitter().emit(norm, method);
            case PadKernel pad -> new PadEmitter().emit(pad, method);
            case PoolKernel pool -> new PoolEmitter().emit(pool, method);
            case ProductKernel product -> new VectorProductEmitter().emit(product, method);
            case RangeKernel range -> new RangeEmitter().emit(range, method);
            case RecurrentKernel recurrent -> new RecurrentEmitter(true).emit(recurrent, method);
            case ReductionKernel reduction when VectorExtremeEmitter.fits(reduction) ->
                    new VectorExtremeEmitter().emit(reduction, method);
            case ReductionKernel reduction -> new ReductionEmitter().emit(reduction, method);
            case RunningSumKernel sum -> new RunningSumEmitter().emit(sum, method);
            case ScatterElementsKernel scatter -> new ScatterEmitter().emit(scatter, method);
            case ScatterTuplesKernel scatter -> new ScatterEmitter().emit(scatter, method);
            case SizesKernel sizes -> new SizesEmitter().emit(sizes, method);
            case SoftmaxKernel softmax -> new ScalarSoftmaxEmitter().emit(softmax, method);
            case SpatialKernel spatial -> new SpatialEmitter().emit(spatial, method);
        }
    }
}
