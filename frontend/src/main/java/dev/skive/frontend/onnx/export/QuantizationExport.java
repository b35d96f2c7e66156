package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.Quantization;
import dev.skive.ir.op.Quantize;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Operators on quantized numbers.
final class QuantizationExport {
    private static final int PER_AXIS = 13;
    private static final int BLOCKED = 21;
    private static final int OUTPUT_TYPE = 23;

    private QuantizationExport() {}

    static String write(Quantization op, NodeWriter writer) {
        writer.since(PER_AXIS, op.getClass().getSimpleName() + "Linear");
        return switch (op) {
            case Quantize quantize -> linear("QuantizeLinear", writer, List.of());
            case Dequantize(ElementType to) when writer.node().operand(1).tensor().element() == to ->
                    linear("DequantizeLinear", writer, List.of());
            case Dequantize(ElementType to) -> {
                writer.since(OUTPUT_TYPE, "DequantizeLinear to another type than that of the scale");
                yield linear(
                        "DequantizeLinear",
                        writer,
                        List.of(OnnxAttributes.integer("output_dtype", OnnxTypes.number(to))));
            }
        };
    }

    /// Scales and zero points that differ along one axis are vectors; along several, they are blocks of one element. A zero
    /// point of 0 is left out where it need not name the type.
    private static String linear(String type, NodeWriter writer, List<AttributeProto> more) {
        Shape shape = writer.node().result().shape();
        Shape scales = Shape.broadcast(writer.shape(1), writer.shape(2));
        int lead = shape.rank() - scales.rank();
        ImmutableList<Integer> differing =
                IntStream.range(0, scales.rank())
                        .filter(axis -> !scales.dim(axis).is(1))
                        .mapToObj(axis -> axis + lead)
                        .collect(ImmutableList.toImmutableList());
        var attributes = new ArrayList<>(more);
        Shape target = Shape.SCALAR;
        if (differing.size() == 1) {
            attributes.add(OnnxAttributes.integer("axis", differing.getFirst()));
            target = Shape.of(shape.dim(differing.getFirst()));
        } else if (differing.size() > 1) {
            writer.since(BLOCKED, type + " with a scale per block");
            attributes.add(OnnxAttributes.integer("axis", 0));
            attributes.add(OnnxAttributes.integer("block_size", 1));
            target = shape;
        }
        var operands = new ArrayList<String>();
        operands.add(repeated(writer, 0, shape));
        operands.add(repeated(writer, 1, target));
        if (type.equals("QuantizeLinear") || !isZero(writer.node().operand(2))) {
            operands.add(repeated(writer, 2, target));
        }
        return writer.add(type, operands, attributes.toArray(AttributeProto[]::new));
    }

    /// An operand repeated to a shape; axes of size 1 before those of the shape are dropped.
    private static String repeated(NodeWriter writer, int operand, Shape target) {
        Value value = writer.node().operand(operand);
        Shape shape = value.shape();
        if (shape.equals(target)) {
            return writer.operand(operand);
        }
        boolean known = value.constant().isPresent() && target.isKnown();
        if (known && shape.elementCount().is(1)) {
            return writer.constant(filled(value.constant().get(), target.known()));
        }
        if (known && shape.elementCount().equals(target.elementCount())) {
            return writer.constant(value.constant().get().reshape(target.known()));
        }
        String name = writer.operand(operand);
        if (target.rank() < 2) {
            name =
                    writer.reshaped(
                            name, shape.elementCount().is(1) && target.rank() == 0 ? new long[0] : new long[] {-1});
        }
        boolean same = shape.elementCount().equals(target.elementCount());
        return same ? name : writer.add("Expand", name, writer.sizes().vector(target.dims()));
    }

    private static TensorData filled(TensorData one, long[] sizes) {
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        if (one.element().isReal()) {
            return TensorData.ofReals(
                    one.element(), DoubleStream.generate(() -> one.getDouble(0)).limit(count).toArray(), sizes);
        }
        return TensorData.ofIntegers(
                one.element(), LongStream.generate(() -> one.getLong(0)).limit(count).toArray(), sizes);
    }

    private static boolean isZero(Value zero) {
        return zero.constant().isPresent()
                && LongStream.range(0, zero.constant().get().count())
                        .allMatch(i -> zero.constant().get().getDouble(i) == 0);
    }

    static String matMulInteger(NodeWriter writer) {
        return writer.add("MatMulInteger", writer.operands());
    }
}
