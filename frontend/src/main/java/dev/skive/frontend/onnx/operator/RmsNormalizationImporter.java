package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.RmsNorm;

/// `RMSNormalization` and ORT's older `SimplifiedLayerNormalization`.
record RmsNormalizationImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        node.attributes().ignore("stash_type");
        Value x = node.operand(0);
        int axis = x.shape().axis(node.attributes().integer("axis", -1));
        return node.add(new RmsNorm(axis, node.attributes().real("epsilon", 1e-5f)), x, node.operand(1));
    }
}
