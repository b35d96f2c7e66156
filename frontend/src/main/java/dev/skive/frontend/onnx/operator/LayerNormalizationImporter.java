package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.LayerNorm;

/// `LayerNormalization`; the statistics it can also give are not supported.
record LayerNormalizationImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        // Says which type to compute in; the IR computes in the type of the operands or better.
        node.attributes().ignore("stash_type");
        Value x = node.operand(0);
        int axis = x.shape().axis(node.attributes().integer("axis", -1));
        float epsilon = node.attributes().real("epsilon", 1e-5f);
        var op = new LayerNorm(axis, epsilon);
        return node.has(2) ? node.add(op, x, node.operand(1), node.operand(2)) : node.add(op, x, node.operand(1));
    }
}
