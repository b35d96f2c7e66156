package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Each element, or each slice along an axis, once
///
/// Formula: `values[inverse[i]] = x[i]`, `values[j] = x[indices[j]]` with the smallest such index, and `counts[j]` the
/// number of `i` with `inverse[i] = j`. Without an axis `x` is taken as one row.
/// **Shapes**: any -> `[count]`, or that of `x` with `count` at the axis; three times `[count]`, `[n]`, `[count]`.
/// **Types**: all -> the same, `i64`, `i64`, `i64`.
/// **Numerics**: exact; zeros of different sign are equal, and so are all NaNs, which come last when sorted.
/// **Errors**: none.
/// **Source**: ONNX `Unique`.
///
/// @param sorted whether elements rise, slices by their first differing element; otherwise they come as they first appear
/// @param axis the axis, if there is one
/// @param count the symbol for how many there are
public record Unique(boolean sorted, Optional<Integer> axis, Dim count) implements Search {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        axis.ifPresent(number -> operands.requireAxis(0, number));
        Shape shape = operands.shape(0);
        Shape values = axis.map(number -> shape.with(number, count)).orElse(Shape.of(count));
        Dim all = axis.map(shape::dim).orElse(shape.elementCount());
        return ImmutableList.of(
                operands.tensor(0).withShape(values),
                new TensorType(ElementType.INT64, Shape.of(count)),
                new TensorType(ElementType.INT64, Shape.of(all)),
                new TensorType(ElementType.INT64, Shape.of(count)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor given = evaluation.operand(0);
        Tensor x = axis.isPresent() ? given : given.reshape(given.count());
        int along = axis.orElse(0);
        long[] sizes = x.sizes();
        int count = x.size(along);
        long[] one = sizes.clone();
        one[along] = 1;
        int[] strides = Strides.of(sizes);
        int[] slice = Strides.offsets(one, strides, 0);
        Comparator<Integer> order = (a, b) -> compare(x, slice, a * strides[along], b * strides[along]);
        // Equal slices find the first of them.
        Map<Integer, Integer> firsts = new TreeMap<>(order);
        var inverse = new long[count];
        var number = new HashMap<Integer, Integer>();
        for (int i = 0; i < count; i++) {
            firsts.putIfAbsent(i, i);
        }
        var indices = new ArrayList<>(firsts.values());
        if (!sorted) {
            indices.sort(Comparator.naturalOrder());
        }
        indices.forEach(index -> number.put(index, number.size()));
        var counts = new long[indices.size()];
        for (int i = 0; i < count; i++) {
            inverse[i] = number.getOrDefault(firsts.getOrDefault(i, i), 0);
            counts[(int) inverse[i]]++;
        }
        return ImmutableList.of(
                picked(x, along, indices),
                longs(indices.stream().mapToLong(Integer::longValue).toArray()),
                longs(inverse),
                longs(counts));
    }

    private static Tensor longs(long[] values) {
        return Tensor.ofIntegers(ElementType.INT64, values, values.length);
    }

    private static Tensor picked(Tensor x, int axis, List<Integer> indices) {
        int stride = Strides.of(x.sizes())[axis];
        long[] sizes = x.sizes();
        int old = x.size(axis);
        sizes[axis] = indices.size();
        int[] places =
                IntStream.range(0, Strides.count(sizes))
                        .map(i -> {
                            int row = i / stride;
                            int outer = row / indices.size();
                            return (outer * old + indices.get(row % indices.size())) * stride + i % stride;
                        })
                        .toArray();
        return x.pick(places, sizes);
    }

    private static int compare(Tensor x, int[] slice, int a, int b) {
        for (int place : slice) {
            int order =
                    switch (x.element().kind()) {
                        case REAL -> Double.compare(x.reals()[place + a] + 0.0, x.reals()[place + b] + 0.0);
                        case UNSIGNED -> Long.compareUnsigned(x.integers()[place + a], x.integers()[place + b]);
                        case TEXT -> x.text().get(place + a).compareTo(x.text().get(place + b));
                        default -> Long.compare(x.integers()[place + a], x.integers()[place + b]);
                    };
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
