package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Optional;

/// Ranges: ONNX wants a limit where the IR has a count.
final class RangeExport {
    private RangeExport() {}

    static String write(Dim count, NodeWriter writer) {
        String start = writer.operand(0);
        String step = writer.operand(1);
        ElementType element = writer.node().operand(0).tensor().element();
        Optional<Long> first = number(writer.node().operand(0));
        Optional<Long> distance = number(writer.node().operand(1));
        if (first.isPresent() && distance.isPresent()) {
            Dim limit = count.times(distance.get()).plus(first.get());
            return writer.add("Range", start, typed(scalar(limit, writer), element, writer), step);
        }
        return writer.add("Range", start, limit(count, writer), step);
    }

    /// An integer constant, when it is one.
    private static Optional<Long> number(Value value) {
        return value.constant().filter(data -> data.element().isInteger()).map(data -> data.longs()[0]);
    }

    private static String limit(Dim count, NodeWriter writer) {
        ElementType element = writer.node().operand(0).tensor().element();
        String steps = typed(scalar(count, writer), element, writer);
        // Half a step before the limit, so that rounding cannot change the count.
        String distance = element.isReal() ? writer.add("Sub", steps, writer.scalar(0, 0.5)) : steps;
        return writer.add("Add", writer.operand(0), writer.add("Mul", distance, writer.operand(1)));
    }

    private static String typed(String value, ElementType element, NodeWriter writer) {
        return element == ElementType.INT64
                ? value
                : writer.add("Cast", List.of(value), OnnxAttributes.integer("to", OnnxTypes.number(element)));
    }

    private static String scalar(Dim count, NodeWriter writer) {
        return count.isKnown()
                ? writer.nodes().constant(TensorData.ofLongs(new long[] {count.known()}))
                : writer.add("Squeeze", writer.sizes().size(count), writer.longs(0));
    }
}
