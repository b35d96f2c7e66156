package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import java.util.Optional;
import java.util.stream.IntStream;

/// `Split`, as slices: sizes are an attribute before opset 13 and an operand since; without them the parts are equal,
/// except the last, which may be smaller.
record SplitImporter() implements NodeImporter {
    @Override
    public ImmutableList<Value> results(NodeContext node) {
        Value x = node.operand(0);
        int axis = x.shape().axis(node.attributes().integer("axis", 0));
        ImmutableList<Dim> parts = parts(node, x.shape().dim(axis));
        Dim total = parts.stream().reduce(Dim.ZERO, Dim::plus);
        if (parts.size() != node.resultCount() || total.differsFrom(x.shape().dim(axis))) {
            throw node.failure(
                    "parts of sizes %s do not make up axis %s of %s in %s results",
                    parts, axis, x.shape(), node.resultCount());
        }
        var results = ImmutableList.<Value>builder();
        Dim start = Dim.ZERO;
        for (Dim part : parts) {
            results.add(node.add(Slice.along(x.shape(), axis, start, part), x));
            start = start.plus(part);
        }
        return results.build();
    }

    private static ImmutableList<Dim> parts(NodeContext node, Dim size) {
        long count = node.attributes().integer("num_outputs", node.resultCount());
        if (node.has(1)) {
            return node.sizes(1);
        }
        return node.attributes()
                .integers("split")
                .map(list -> list.stream().map(Dim::of).collect(ImmutableList.toImmutableList()))
                .orElseGet(() -> equal(node, size, count));
    }

    private static ImmutableList<Dim> equal(NodeContext node, Dim size, long count) {
        if (count != node.resultCount() || count < 1) {
            throw node.failure("num_outputs is %s, but the node has %s results", count, node.resultCount());
        }
        Dim part = size.ceilDivide(count);
        Optional<Dim> exact = size.divideExactly(Dim.of(count));
        Dim last = exact.orElseGet(() -> size.minus(part.times(count - 1)));
        return IntStream.range(0, (int) count)
                .mapToObj(i -> i < count - 1 ? exact.orElse(part) : last)
                .collect(ImmutableList.toImmutableList());
    }
}
