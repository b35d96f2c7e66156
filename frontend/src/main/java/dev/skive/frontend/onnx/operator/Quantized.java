package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.Quantize;
import dev.skive.ir.type.ElementType;

/// Integers with the scale and zero point that say what they stand for.
///
/// @param node the node whose operands they are
/// @param integers the integers
/// @param scale the scale, as given
/// @param zero the zero point, as given, or a zero
record Quantized(NodeContext node, Value integers, Value scale, Value zero) {
    /// Three neighbouring operands: integers, scale, zero point.
    static Quantized of(NodeContext node, int first) {
        return of(node, first, first + 1, first + 2);
    }

    /// Three operands; the zero point may be left out.
    static Quantized of(NodeContext node, int integers, int scale, int zero) {
        Value x = node.operand(integers);
        return new Quantized(node, x, node.operand(scale), node.optional(zero).orElseGet(() -> node.scalar(x, 0)));
    }

    /// The numbers the integers stand for, with one scale for all.
    Term real() {
        return new Term(
                node,
                node.add(new Dequantize(scale.tensor().element()), integers, single(node, scale), single(node, zero)));
    }

    /// Numbers as integers with the scale and zero point of two operands.
    static Value quantize(Term x, int scale, int zero, ElementType absent) {
        NodeContext node = x.node();
        Value point =
                node.optional(zero)
                        .map(given -> single(node, given))
                        .orElseGet(() -> QuantizationImporters.integer(node, absent, 0));
        return node.add(new Quantize(point.tensor().element()), x.value(), single(node, node.operand(scale)), point);
    }

    /// A number that is given alone, in a shape that broadcasts to any.
    static Value single(NodeContext node, Value value) {
        if (!value.shape().elementCount().is(1)) {
            throw node.failure("a scale or zero point must have one element, found %s", value.type());
        }
        return new QuantizationScale(node, value.shape(), 0, 0).spread(value);
    }
}
