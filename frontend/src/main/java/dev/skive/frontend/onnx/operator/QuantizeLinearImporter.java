package dev.skive.frontend.onnx.operator;

import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Quantize;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// `QuantizeLinear`, also ORT's form of it. To floats it is a division and a cast.
record QuantizeLinearImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        boolean saturate = node.attributes().flag("saturate", true);
        ElementType to = target(node);
        Value x = node.operand(0);
        var spread = QuantizationScale.of(node, x.shape());
        Value scale = spread.spread(node.operand(1));
        Optional<ElementType> precision = type(node, "precision");
        if (precision.isPresent() && precision.get() != ElementType.FLOAT32) {
            x = new Term(node, x).as(precision.get()).over(new Term(node, scale).as(precision.get())).value();
            scale = node.constant(TensorData.scalar(ElementType.FLOAT32, 1));
        }
        if (to.isReal()) {
            Term real = new Term(node, x).as(ElementType.FLOAT32).over(new Term(node, scale).as(ElementType.FLOAT32));
            return to.bits() == Byte.SIZE
                    ? new NarrowCast(node, to, saturate).of(real.value(), "up")
                    : real.as(to).value();
        }
        Value zero = node.optional(2).map(spread::spread).orElseGet(() -> node.constant(TensorData.scalar(to, 0)));
        return node.add(new Quantize(to), x, scale, zero);
    }

    private static ElementType target(NodeContext node) {
        Optional<ElementType> asked = type(node, "output_dtype");
        if (!node.has(2)) {
            return asked.orElse(ElementType.UINT8);
        }
        if (asked.isPresent() && asked.get() != node.element(2)) {
            throw node.failure("'output_dtype' %s and the zero point %s differ", asked.get(), node.operand(2).type());
        }
        return node.element(2);
    }

    /// An element type that an attribute names; 0 names none.
    static Optional<ElementType> type(NodeContext node, String attribute) {
        long number = node.attributes().integer(attribute, 0);
        return number == 0
                ? Optional.empty()
                : Optional.of(
                        OnnxTypes.element(number)
                                .orElseThrow(() -> node.failure("unknown element type %s in '%s'", number, attribute)));
    }
}
