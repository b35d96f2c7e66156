package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.util.Optional;

/// `Clip`: bounds are attributes before opset 11 and optional operands since. A bound that is left out is the last finite
/// number, which makes a difference to infinities only.
record ClipImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Optional<Value> low = bound(node, "min", 1, -1);
        Optional<Value> high = bound(node, "max", 2, 1);
        Value raised = low.map(bound -> node.add(new Max(), x, bound)).orElse(x);
        return high.map(bound -> node.add(new Min(), raised, bound)).orElse(raised);
    }

    private static Optional<Value> bound(NodeContext node, String attribute, int index, int sign) {
        if (node.has(index)) {
            return node.optional(index);
        }
        Value x = node.operand(0);
        return node.attributes()
                .real(attribute)
                .map(bound -> node.scalar(x, bound))
                .or(() -> last(node.element(0)).map(last -> node.scalar(x, sign * last)));
    }

    private static Optional<Double> last(ElementType element) {
        if (!element.isReal()) {
            return Optional.empty();
        }
        return Optional.of(element == ElementType.FLOAT64 ? Double.MAX_VALUE : FloatFormat.of(element).greatest());
    }
}
