package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.MatMulInteger;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Quantize;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Round;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.stream.IntStream;

/// Operators on quantized numbers.
final class QuantizationImporters {
    private static final double GREATEST = 255;

    private QuantizationImporters() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("DequantizeLinear", single(QuantizationImporters::dequantize))
                .put("DynamicQuantizeLinear", node -> dynamicQuantize(node, node.operand(0)))
                .put("MatMulInteger", single(QuantizationImporters::matMulInteger))
                .put("QuantizeLinear", new QuantizeLinearImporter())
                .put("com.microsoft.DequantizeLinear", single(QuantizationImporters::dequantize))
                .put("com.microsoft.QuantizeLinear", new QuantizeLinearImporter())
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    private static Value dequantize(NodeContext node) {
        Value x = node.operand(0);
        Value scale = node.operand(1);
        ElementType to = QuantizeLinearImporter.type(node, "output_dtype").orElseGet(() -> scale.tensor().element());
        var spread = QuantizationScale.of(node, x.shape());
        Value zero = node.optional(2).map(spread::spread).orElseGet(() -> node.scalar(x, 0));
        return node.add(new Dequantize(to), x, spread.spread(scale), zero);
    }

    /// A tensor as uint8 with the scale and zero point that its range, which includes 0, asks for.
    ///
    /// @return the integers, the scale, the zero point
    static ImmutableList<Value> dynamicQuantize(NodeContext node, Value x) {
        var axes = IntStream.range(0, x.shape().rank()).boxed().collect(ImmutableList.toImmutableList());
        Term least = new Term(node, whole(node, x, new ReduceMin(axes, false))).with(new Min(), 0);
        Term greatest = new Term(node, whole(node, x, new ReduceMax(axes, false))).with(new Max(), 0);
        Term range = greatest.minus(least);
        Term scale = range.isEqual(0).choose(range.number(1), range.over(GREATEST));
        Term zero = least.number(0).minus(least.over(scale));
        Value rounded = zero.max(0).min(GREATEST).with(new Round()).as(ElementType.UINT8).value();
        Value y = node.add(new Quantize(ElementType.UINT8), x, scale.value(), rounded);
        return ImmutableList.of(y, scale.value(), rounded);
    }

    private static Value whole(NodeContext node, Value x, Op reduction) {
        return x.shape().rank() == 0 ? x : node.add(reduction, x);
    }

    private static Value matMulInteger(NodeContext node) {
        Value a = node.operand(0);
        Value b = node.operand(1);
        return node.add(new MatMulInteger(), a, b, rowZero(node, a, 2), columnZero(node, b, 3));
    }

    /// A zero point per tensor or per row of the left operand.
    static Value rowZero(NodeContext node, Value a, int index) {
        return node.has(index) ? rows(node, node.operand(index)) : node.scalar(a, 0);
    }

    /// What is given per tensor or per row, in a shape that broadcasts to a matrix.
    static Value rows(NodeContext node, Value given) {
        if (given.shape().rank() != 1) {
            return given;
        }
        Dim size = given.shape().dim(0);
        return node.add(new Reshape(size.is(1) ? ImmutableList.of() : ImmutableList.of(size, Dim.ONE)), given);
    }

    /// A zero point per tensor or per column of the right operand.
    static Value columnZero(NodeContext node, Value b, int index) {
        return node.has(index) ? columns(node, node.operand(index)) : node.scalar(b, 0);
    }

    /// What is given per tensor or per column, in a shape that broadcasts to a matrix.
    static Value columns(NodeContext node, Value given) {
        boolean single = given.shape().rank() == 1 && given.shape().dim(0).is(1);
        return single ? node.add(new Reshape(ImmutableList.of()), given) : given;
    }

    /// A rank-0 constant of an integer type.
    static Value integer(NodeContext node, ElementType element, long value) {
        return node.constant(TensorData.ofIntegers(element, new long[] {value}));
    }

    /// A rank-0 float32 constant.
    static Value number(NodeContext node, double value) {
        return node.constant(TensorData.scalar(ElementType.FLOAT32, value));
    }
}
