package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import java.util.Optional;

/// `Clip`: bounds are attributes before opset 11 and optional operands since.
record ClipImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Optional<Value> low = bound(node, "min", 1);
        Optional<Value> high = bound(node, "max", 2);
        Value raised = low.map(bound -> node.add(new Max(), x, bound)).orElse(x);
        return high.map(bound -> node.add(new Min(), raised, bound)).orElse(raised);
    }

    private static Optional<Value> bound(NodeContext node, String attribute, int index) {
        if (node.has(index)) {
            return node.optional(index);
        }
        return node.attributes().real(attribute).map(bound -> node.scalar(node.operand(0), bound));
    }
}
