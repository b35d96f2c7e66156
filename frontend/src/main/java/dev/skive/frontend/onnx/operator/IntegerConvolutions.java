package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.LongStream;

/// Windows over quantized numbers. Convolutions are exact: their sums of integers are computed in real numbers
/// that hold every one of them, in `float32` over as many channels at a time as allow it, else in `float64`.
final class IntegerConvolutions {
    private IntegerConvolutions() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("ConvInteger", single(IntegerConvolutions::convInteger))
                .put("QLinearConv", single(IntegerConvolutions::qLinearConv))
                .put("com.microsoft.QLinearAveragePool", single(IntegerConvolutions::averagePool))
                .put("com.microsoft.QLinearConv", single(IntegerConvolutions::qLinearConvEitherLayout))
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    private static Value convInteger(NodeContext node) {
        return sum(node, node.operand(0), node.optional(2), node.operand(1), node.optional(3)).value();
    }

    private static Value qLinearConvEitherLayout(NodeContext node) {
        return node.attributes().flag("channels_last", false)
                ? FusedConvolutions.toLast(
                        node, qLinearConv(FusedConvolutions.channelsFirst(node, ImmutableList.of(0))))
                : qLinearConv(node);
    }

    private static Value qLinearConv(NodeContext node) {
        int rank = node.shape(0).rank();
        Term sum = sum(node, node.operand(0), node.optional(2), node.operand(3), node.optional(5));
        Term total = node.has(8) ? sum.plus(channels(node, node.operand(8), rank, 1)) : sum;
        Term operands = alone(node, 1).times(channels(node, node.operand(4), rank, 1));
        return QuantizedProducts.requantized(total, operands.over(alone(node, 6)), 7);
    }

    private static Term alone(NodeContext node, int operand) {
        return new Term(node, Quantized.single(node, node.operand(operand)));
    }

    /// What is given per tensor or per channel, in a shape that broadcasts along one axis.
    private static Term channels(NodeContext node, Value given, int rank, int axis) {
        if (given.shape().rank() == 0) {
            return new Term(node, given);
        }
        if (given.shape().rank() != 1) {
            throw node.failure("a scale, zero point or bias must have one axis at most, found %s", given.type());
        }
        var dims = new ArrayList<>(Collections.nCopies(rank, Dim.ONE));
        dims.set(axis, given.shape().dim(0));
        return new Term(node, node.add(new Reshape(ImmutableList.copyOf(dims)), given));
    }

    /// The convolution of differences from zero points, as int32, modulo `2^32`.
    private static Term sum(
            NodeContext node, Value x, Optional<Value> zeroX, Value weight, Optional<Value> zeroWeight) {
        check(node, x);
        check(node, weight);
        int rank = x.shape().rank();
        Optional<Value> point = zeroX.map(zero -> Quantized.single(node, zero));
        Optional<Value> points = zeroWeight.map(zero -> channels(node, zero, rank, 0).value());
        long most = ExactSums.farthest(x.tensor().element(), zeroX);
        ImmutableList<Integer> ends = ExactSums.ends(weight, zeroWeight, most);
        boolean grouped = node.attributes().integer("group", 1) != 1;
        if (ends.isEmpty() || (grouped && ends.size() > 1)) {
            Term left = difference(node, x, point, ElementType.FLOAT64);
            Term right = difference(node, weight, points, ElementType.FLOAT64);
            // By way of int64, since a number beyond int32 does not wrap when it leaves the reals.
            return product(node, left.value(), right.value()).as(ElementType.INT64).as(ElementType.INT32);
        }
        Value left = difference(node, x, point, ElementType.FLOAT32).value();
        Value right = difference(node, weight, points, ElementType.FLOAT32).value();
        Term sum = product(node, part(node, left, 0, ends), part(node, right, 0, ends)).as(ElementType.INT32);
        for (int i = 1; i < ends.size(); i++) {
            Term next = product(node, part(node, left, i, ends), part(node, right, i, ends));
            sum = sum.plus(next.as(ElementType.INT32));
        }
        return sum;
    }

    private static Term product(NodeContext node, Value x, Value weight) {
        return new Term(node, Convolutions.conv(node.withOperands(ImmutableList.of(x, weight))));
    }

    /// Some of the channels.
    private static Value part(NodeContext node, Value value, int index, ImmutableList<Integer> ends) {
        int start = index == 0 ? 0 : ends.get(index - 1);
        Dim size = Dim.of(ends.get(index) - start);
        return ends.size() == 1 ? value : node.add(Slice.along(value.shape(), 1, Dim.of(start), size), value);
    }

    private static void check(NodeContext node, Value operand) {
        ElementType element = operand.tensor().element();
        if (!element.isInteger() || element.bits() != Byte.SIZE) {
            throw node.failure("operands of %s must have 8 bits, found %s", node.proto().getOpType(), operand.type());
        }
    }

    private static Term difference(NodeContext node, Value x, Optional<Value> zero, ElementType real) {
        Term value = new Term(node, x).as(real);
        boolean none = zero.isEmpty() || isZero(zero.get());
        return none ? value : value.minus(new Term(node, zero.get()).as(real));
    }

    private static boolean isZero(Value value) {
        return ConstantFolding.fold(value)
                .filter(data -> LongStream.of(data.longs()).allMatch(number -> number == 0))
                .isPresent();
    }

    private static Value averagePool(NodeContext node) {
        boolean channelsLast = node.attributes().flag("channels_last", false);
        Value real = Quantized.of(node, 0).real().value();
        Value first = channelsLast ? FusedConvolutions.toFirst(node, real) : real;
        Value mean = Poolings.average(node.withOperands(ImmutableList.of(first)));
        Value placed = channelsLast ? FusedConvolutions.toLast(node, mean) : mean;
        return Quantized.quantize(new Term(node, placed), 3, 4, node.element(0));
    }
}
