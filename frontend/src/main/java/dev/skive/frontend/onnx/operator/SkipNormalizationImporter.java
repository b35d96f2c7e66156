package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import java.util.Optional;

/// ORT's `SkipLayerNormalization` and `SkipSimplifiedLayerNormalization`: the norm of a sum of operand, skip and optional
/// bias. Result 3 is the sum; results 1 and 2 (mean and deviation) exist in training only.
///
/// @param rms whether the norm has no mean and no shift
record SkipNormalizationImporter(boolean rms) implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        float epsilon = node.attributes().real("epsilon", 1e-12f);
        Value sum = node.add(new Add(), node.operand(0), node.operand(1));
        Optional<Value> bias = node.optional(rms ? 3 : 4);
        Value total = bias.map(value -> node.add(new Add(), sum, value)).orElse(sum);
        Value normalized = normalize(node, total, epsilon);
        return node.resultCount() < 4
                ? ImmutableList.of(normalized)
                : ImmutableList.of(normalized, Value.ABSENT, Value.ABSENT, total);
    }

    private Value normalize(NodeContext node, Value x, float epsilon) {
        int axis = x.shape().axis(-1);
        Value scale = node.operand(2);
        if (rms) {
            return node.add(new RmsNorm(axis, epsilon), x, scale);
        }
        return node.has(3)
                ? node.add(new LayerNorm(axis, epsilon), x, scale, node.operand(3))
                : node.add(new LayerNorm(axis, epsilon), x, scale);
    }
}
