package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;

/// `LayerNormalization`, `RMSNormalization` and ORT's older `SimplifiedLayerNormalization`, with the statistics they can
/// also give: mean and inverse deviation, or the latter alone.
///
/// @param centered whether the mean is subtracted
record LayerNormalizationImporter(boolean centered) implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        Value x = node.operand(0);
        int axis = x.shape().axis(node.attributes().integer("axis", -1));
        float epsilon = node.attributes().real("epsilon", 1e-5f);
        long stash = node.attributes().integer("stash_type", 1);
        ElementType statistics =
                OnnxTypes.element(stash)
                        .filter(ElementType::isReal)
                        .orElseThrow(() -> node.failure("attribute 'stash_type' is %s", stash));
        var norm = new RowNorm(node, x, axis, epsilon, centered);
        Value y = norm.normalized(node.operand(1), node.optional(2));
        if (node.resultCount() < 2) {
            return ImmutableList.of(y);
        }
        return centered
                ? ImmutableList.of(y, norm.mean(statistics), norm.inverseDeviation(statistics))
                : ImmutableList.of(y, norm.inverseDeviation(statistics));
    }
}
