package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// ORT's `SkipLayerNormalization` and `SkipSimplifiedLayerNormalization`: the norm of a sum of operand, skip and optional
/// bias. Results 1 and 2 are mean and inverse deviation, result 3 is the sum. A skip with fewer axes or a batch of 1 is
/// the same for every batch.
///
/// @param centered whether the norm has a mean and a shift
record SkipNormalizationImporter(boolean centered) implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        float epsilon = node.attributes().real("epsilon", 1e-12f);
        Value sum = node.add(new Add(), node.operand(0), node.operand(1));
        Optional<Value> bias = node.optional(centered ? 4 : 3);
        Value total = bias.map(value -> node.add(new Add(), sum, value)).orElse(sum);
        var norm = new RowNorm(node, total, total.shape().axis(-1), epsilon, centered);
        Value y = norm.normalized(node.operand(2), centered ? node.optional(3) : Optional.empty());
        if (node.resultCount() < 2) {
            return ImmutableList.of(y);
        }
        Value mean = norm.mean(ElementType.FLOAT32);
        return ImmutableList.of(y, mean, norm.inverseDeviation(ElementType.FLOAT32), total);
    }
}
