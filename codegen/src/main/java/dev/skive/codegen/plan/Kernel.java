package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Origin;

/// One step of a generated run: reads views and weights, writes one view.
public sealed interface Kernel
        permits AttentionKernel,
                BatchedProductKernel,
                BestIndexKernel,
                ConvKernel,
                ConvTransposeKernel,
                CopyKernel,
                DetKernel,
                EmbeddingKernel,
                FrameKernel,
                GatherElementsKernel,
                GatherKernel,
                GatherTuplesKernel,
                LoopKernel,
                NormKernel,
                PadKernel,
                PoolKernel,
                ProductKernel,
                RangeKernel,
                RecurrentKernel,
                ReductionKernel,
                RunningSumKernel,
                ScatterElementsKernel,
                ScatterTuplesKernel,
                SizesKernel,
                SoftmaxKernel,
                SpatialKernel {
    /// The nodes of the model it implements.
    Origin origin();

    /// The views it reads, in a fixed order.
    ImmutableList<View> reads();

    /// The view it writes.
    View write();

    /// The weights it reads, in a fixed order.
    default ImmutableList<Weight> weights() {
        return ImmutableList.of();
    }

    /// What it computes, in a sentence for the comment of its method.
    String summary();

    /// A verb phrase for the name of its method, in camel case: `product384x1536Gelu`.
    String verb();
}
