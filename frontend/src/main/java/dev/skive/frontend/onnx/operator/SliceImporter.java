package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.DynamicSlice;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// `Slice`: bounds are attributes before opset 10 and operands since.
record SliceImporter() implements NodeImporter.Single {
    private static final int AXES = 3;

    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Shape shape = x.shape();
        if (isTold(node)) {
            return dynamic(node, shape);
        }
        ImmutableList<Dim> starts = bounds(node, "starts", 1);
        ImmutableList<Dim> ends = bounds(node, "ends", 2);
        ImmutableList<Long> axes =
                node.numbers("axes", 3)
                        .orElseGet(() ->
                                IntStream.range(0, starts.size())
                                        .mapToObj(axis -> (long) axis)
                                        .collect(ImmutableList.toImmutableList()));
        ImmutableList<Long> steps =
                node.has(4) ? node.numbers(4) : ImmutableList.copyOf(Collections.nCopies(axes.size(), 1L));
        if (starts.size() != axes.size() || ends.size() != axes.size() || steps.size() != axes.size()) {
            throw node.failure("starts %s, ends %s, axes %s and steps %s differ in length", starts, ends, axes, steps);
        }
        var from = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ZERO));
        var sizes = new ArrayList<>(shape.dims());
        var strides = new ArrayList<>(Collections.nCopies(shape.rank(), 1L));
        for (int i = 0; i < axes.size(); i++) {
            int axis = shape.axis(axes.get(i));
            if (steps.get(i) == 0) {
                throw node.failure("the step along axis %s is 0", axis);
            }
            var range = SliceRange.of(shape.dim(axis), starts.get(i), ends.get(i), steps.get(i));
            from.set(axis, range.start());
            sizes.set(axis, range.size());
            strides.set(axis, steps.get(i));
        }
        return node.add(
                new Slice(ImmutableList.copyOf(from), ImmutableList.copyOf(sizes), ImmutableList.copyOf(strides)), x);
    }

    /// True when only a run tells a bound, an axis or a step.
    private static boolean isTold(NodeContext node) {
        return IntStream.range(1, node.operands().size())
                .filter(node::has)
                .anyMatch(i -> i < AXES ? node.knownSizes(i).isEmpty() : node.knownNumbers(i).isEmpty());
    }

    /// Axes that are known not to be cut keep their sizes.
    private static Value dynamic(NodeContext node, Shape shape) {
        var sizes = new ArrayList<>(node.freshSizes("sliced", shape.rank()));
        Optional<ImmutableList<Long>> axes = node.has(AXES) ? node.knownNumbers(AXES) : firstAxes(node);
        for (int axis = 0; axis < shape.rank() && axes.isPresent(); axis++) {
            int number = axis;
            if (axes.get().stream().noneMatch(cut -> shape.axis(cut) == number)) {
                sizes.set(axis, shape.dim(axis));
            }
        }
        Value[] operands = node.operands().toArray(Value[]::new);
        return node.addDynamic(new DynamicSlice(ImmutableList.copyOf(sizes)), operands).getFirst();
    }

    private static Optional<ImmutableList<Long>> firstAxes(NodeContext node) {
        return node.shape(1).elementCount().ifKnown().stream()
                .mapToObj(count -> LongStream.range(0, count).boxed().collect(ImmutableList.toImmutableList()))
                .findFirst();
    }

    private static ImmutableList<Dim> bounds(NodeContext node, String attribute, int index) {
        return node.attributes()
                .integers(attribute)
                .map(list -> list.stream().map(Dim::of).collect(ImmutableList.toImmutableList()))
                .orElseGet(() -> node.sizes(index));
    }
}
