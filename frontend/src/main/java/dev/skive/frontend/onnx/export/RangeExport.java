package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// Ranges: ONNX wants a limit where the IR has a count.
final class RangeExport {
    private RangeExport() {}

    static String write(Dim count, NodeWriter writer) {
        String start = writer.operand(0);
        String step = writer.operand(1);
        ElementType element = writer.node().operand(0).tensor().element();
        String steps = scalar(count, writer);
        String typed =
                element == ElementType.INT64
                        ? steps
                        : writer.add("Cast", List.of(steps), OnnxAttributes.integer("to", OnnxTypes.number(element)));
        // Half a step before the limit, so that rounding cannot change the count.
        String distance = element.isReal() ? writer.add("Sub", typed, writer.scalar(0, 0.5)) : typed;
        String limit = writer.add("Add", start, writer.add("Mul", distance, step));
        return writer.add("Range", start, limit, step);
    }

    private static String scalar(Dim count, NodeWriter writer) {
        return count.isKnown()
                ? writer.nodes().constant(TensorData.ofLongs(new long[] {count.known()}))
                : writer.add("Squeeze", writer.sizes().size(count), writer.longs(0));
    }
}
