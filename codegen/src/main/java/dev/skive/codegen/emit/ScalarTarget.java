package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.AttentionKernel;
import dev.skive.codegen.plan.BatchedProductKernel;
import dev.skive.codegen.plan.CopyKernel;
import dev.skive.codegen.plan.EmbeddingKernel;
import dev.skive.codegen.plan.GatherKernel;
import dev.skive.codegen.plan.Kernel;
import dev.skive.codegen.plan.LoopKernel;
import dev.skive.codegen.plan.NormKernel;
import dev.skive.codegen.plan.ProductKernel;
import dev.skive.codegen.plan.RangeKernel;
import dev.skive.codegen.plan.ReductionKernel;
import dev.skive.codegen.plan.SizesKernel;
import dev.skive.codegen.plan.SoftmaxKernel;
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
            case CopyKernel copy -> new CopyEmitter().emit(copy, method);
            case EmbeddingKernel embedding -> new ScalarEmbeddingEmitter().emit(embedding, method);
            case GatherKernel gather -> new GatherEmitter().emit(gather, method);
            case LoopKernel loop -> new LoopEmitter().emit(loop, method);
            case NormKernel norm -> new ScalarNormEmitter().emit(norm, method);
            case ProductKernel product -> new ScalarProductEmitter().emit(product, method);
            case RangeKernel range -> new RangeEmitter().emit(range, method);
            case ReductionKernel reduction -> new ReductionEmitter().emit(reduction, method);
            case SizesKernel sizes -> new SizesEmitter().emit(sizes, method);
            case SoftmaxKernel softmax -> new ScalarSoftmaxEmitter().emit(softmax, method);
        }
    }
}
