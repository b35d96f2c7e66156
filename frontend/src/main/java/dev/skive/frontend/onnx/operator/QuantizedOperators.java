package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Operators on quantized numbers that are what they say between taking numbers back to float32 and quantizing again.
final class QuantizedOperators {
    private QuantizedOperators() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("com.microsoft.QLinearAdd", single(node -> binary(node, new Add())))
                .put("com.microsoft.QLinearConcat", single(QuantizedOperators::concat))
                .put("com.microsoft.QLinearGlobalAveragePool", single(QuantizedOperators::globalAverage))
                .put("com.microsoft.QLinearLeakyRelu", single(QuantizedOperators::leakyRelu))
                .put("com.microsoft.QLinearMul", single(node -> binary(node, new Mul())))
                .put("com.microsoft.QLinearReduceMean", single(QuantizedOperators::reduceMean))
                .put("com.microsoft.QLinearSigmoid", single(QuantizedOperators::sigmoid))
                .put("com.microsoft.QLinearSoftmax", single(QuantizedOperators::softmax))
                .put("com.microsoft.QLinearWhere", single(QuantizedOperators::where))
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    private static Value binary(NodeContext node, Op op) {
        Quantized a = Quantized.of(node, 0);
        Quantized b = Quantized.of(node, 3);
        Term result = new Term(node, node.add(op, a.real().value(), b.real().value()));
        return Quantized.quantize(result, 6, 7, node.element(0));
    }

    private static Value leakyRelu(NodeContext node) {
        Term x = Quantized.of(node, 0).real();
        float alpha = node.attributes().real("alpha", 0.01f);
        return Quantized.quantize(x.isLess(0).choose(x.times(alpha), x), 3, 4, node.element(0));
    }

    private static Value sigmoid(NodeContext node) {
        return Quantized.quantize(Quantized.of(node, 0).real().with(new Sigmoid()), 3, 4, node.element(0));
    }

    /// Before opset 13, which the node names, all axes from the given one on are one.
    private static Value softmax(NodeContext node) {
        long opset = node.attributes().integer("opset", 13);
        int axis = node.shape(0).axis(node.attributes().integer("axis", -1));
        Term x = Quantized.of(node, 0).real();
        Term shares = opset < 13 ? rows(x, axis) : x.with(new Softmax(axis));
        return Quantized.quantize(shares, 3, 4, node.element(0));
    }

    private static Term rows(Term x, int axis) {
        Shape shape = x.value().shape();
        Dim outer = shape.slice(0, axis).elementCount();
        Dim inner = shape.slice(axis, shape.rank()).elementCount();
        return x.with(new Reshape(ImmutableList.of(outer, inner))).with(new Softmax(1)).with(new Reshape(shape.dims()));
    }

    private static Value concat(NodeContext node) {
        List<Value> parts = new ArrayList<>();
        for (int i = 2; i + 2 < node.operands().size(); i += 3) {
            parts.add(Quantized.quantize(Quantized.of(node, i).real(), 0, 1, ElementType.UINT8));
        }
        int axis = node.shape(2).axis(node.attributes().integer("axis", 1));
        return node.add(new Concat(axis), parts.toArray(Value[]::new));
    }

    private static Value where(NodeContext node) {
        Value a = Quantized.quantize(Quantized.of(node, 1).real(), 7, 8, node.element(1));
        Value b = Quantized.quantize(Quantized.of(node, 4).real(), 7, 8, node.element(4));
        return node.add(new Where(), node.operand(0), a, b);
    }

    private static Value reduceMean(NodeContext node) {
        int rank = node.shape(0).rank();
        boolean keepDims = node.attributes().flag("keepdims", true);
        ImmutableList<Integer> axes =
                node.attributes()
                        .integers("axes")
                        .map(given ->
                                given.stream()
                                        .map(axis -> node.shape(0).axis(axis))
                                        .sorted()
                                        .collect(ImmutableList.toImmutableList()))
                        .orElseGet(() -> IntStream.range(0, rank).boxed().collect(ImmutableList.toImmutableList()));
        Term mean = Quantized.of(node, 0).real().with(new ReduceMean(axes, keepDims));
        return Quantized.quantize(mean, 3, 4, node.element(0));
    }

    private static Value globalAverage(NodeContext node) {
        int rank = node.shape(0).rank();
        boolean channelsLast = node.attributes().flag("channels_last", false);
        ImmutableList<Integer> axes =
                IntStream.range(channelsLast ? 1 : 2, channelsLast ? rank - 1 : rank)
                        .boxed()
                        .collect(ImmutableList.toImmutableList());
        Term mean = Quantized.of(node, 0).real().with(new ReduceMean(axes, true));
        return Quantized.quantize(mean, 3, 4, node.element(0));
    }
}
