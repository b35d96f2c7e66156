package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
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
import javax.lang.model.element.Modifier;

/// Plain loops, which C2 vectorizes where it can; runs on every JVM.
record ScalarTarget() implements Target {
    @Override
    public String suffix() {
        return "Scalar";
    }

    @Override
    public String description() {
        return "{@link $T} in plain loops.\n";
    }

    @Override
    public List<FieldSpec> fields(GeneratedNames names) {
        return List.of(
                FieldSpec.builder(
                                ClassName.get("dev.skive.runtime", "Weights"),
                                "WEIGHTS",
                                Modifier.PRIVATE,
                                Modifier.STATIC,
                                Modifier.FINAL)
                        .initializer("$T.weights()", names.weights())
                        .build());
    }

    @Override
    public List<MethodSpec> methods() {
        return List.of();
    }

    @Override
    public void emit(Kernel kernel, KernelMethod method) {
        switch (kernel) {
            case AttentionKernel attention -> new ScalarAttentionEmitter().emit(attention, method);
            case BatchedProductKernel product -> new BatchedProductEmitter().emit(product, method);
            case BestIndexKernel search -> new BestIndexEmitter().emit(search, method);
            case ConvKernel conv -> new ConvEmitter().emit(conv, method);
            case ConvTransposeKernel conv -> new ConvTransposeEmitter().emit(conv, method);
            case CopyKernel copy -> new CopyEmitter().emit(copy, method);
            case DetKernel det -> new DetEmitter().emit(det, method);
            case EmbeddingKernel embedding -> new ScalarEmbeddingEmitter().emit(embedding, method);
            case FrameKernel frame -> new FrameEmitter(false).emit(frame, method);
            case GatherElementsKernel gather -> new GatherElementsEmitter().emit(gather, method);
            case GatherKernel gather -> new GatherEmitter().emit(gather, method);
            case GatherTuplesKernel gather -> new GatherTuplesEmitter().emit(gather, method);
            case LoopKernel loop -> new LoopEmitter().emit(loop, method);
            case NormKernel norm when DoubleNormEmitter.applies(norm) -> new DoubleNormEmitter().emit(norm, method);
            case NormKernel norm -> new ScalarNormEmitter().emit(norm, method);
            case PadKernel pad -> new PadEmitter().emit(pad, method);
            case PoolKernel pool -> new PoolEmitter().emit(pool, method);
            case ProductKernel product -> new ScalarProductEmitter().emit(product, method);
            case RangeKernel range -> new RangeEmitter().emit(range, method);
            case RecurrentKernel recurrent -> new RecurrentEmitter(false).emit(recurrent, method);
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
