package dev.skive.runtime.dynamic;

import dev.skive.runtime.ElementKind;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.StringTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;
import java.util.Arrays;

/// Operators that put elements in order.
public final class Ranking {
    private Ranking() {}

    /// Which of two places holds the smaller element; NaN is greater than everything, and zeros are equal.
    private interface Order {
        int compare(int a, int b);
    }

    private static Order order(Tensor x) {
        switch (x.kind()) {
            case F32, F64, F16, BF16 -> {
                double[] reals = Elements.reals(x);
                return (a, b) -> Double.compare(reals[a] + 0.0, reals[b] + 0.0);
            }
            case STRING -> {
                String[] strings = ((StringTensor) x).values();
                return (a, b) -> strings[a].compareTo(strings[b]);
            }
            default -> {
                long[] integers = Elements.integers(x);
                long flip = x.kind() == ElementKind.U64 ? Long.MIN_VALUE : 0;
                return (a, b) -> Long.compare(integers[a] ^ flip, integers[b] ^ flip);
            }
        }
    }

    /// The best elements along an axis in order, and where they were; of equal ones the first comes first.
    ///
    /// @throws IllegalArgumentException when there are not as many
    public static Value[] topK(Value value, Value count, int axis, boolean largest) {
        Tensor x = Control.tensor(value);
        long[] sizes = x.shape();
        int size = (int) sizes[axis];
        long asked = Elements.integers(Control.tensor(count))[0];
        if (asked < 0 || asked > size) {
            throw new IllegalArgumentException(
                    "there are no %s elements along axis %s of %s".formatted(asked, axis, x));
        }
        int k = (int) asked;
        int stride = Places.strides(sizes)[axis];
        Order rising = order(x);
        Order order = largest ? (a, b) -> rising.compare(b, a) : rising;
        sizes[axis] = k;
        var places = new int[Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact))];
        var indices = new long[places.length];
        var row = new int[size];
        for (int i = 0; k > 0 && i < places.length / k; i++) {
            int first = i / stride * stride * size + i % stride;
            for (int j = 0; j < size; j++) {
                row[j] = first + j * stride;
            }
            sort(row, order);
            int target = i / stride * stride * k + i % stride;
            for (int j = 0; j < k; j++) {
                places[target + j * stride] = row[j];
                indices[target + j * stride] = (long) (row[j] - first) / stride;
            }
        }
        return new Value[] {Elements.pick(x, places, sizes), LongTensor.of(ElementKind.I64, indices, sizes)};
    }

    /// Sorts places, those of equal elements by place, when they rise.
    private static void sort(int[] places, Order order) {
        var from = places.clone();
        var to = places;
        for (int width = 1; width < places.length; width *= 2) {
            for (int start = 0; start < places.length; start += 2 * width) {
                merge(from, to, start, width, order);
            }
            int[] sorted = to;
            to = from;
            from = sorted;
        }
        System.arraycopy(from, 0, places, 0, places.length);
    }

    private static void merge(int[] from, int[] to, int start, int width, Order order) {
        int middle = Math.min(start + width, from.length);
        int end = Math.min(start + 2 * width, from.length);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || order.compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    /// Each element, or each slice along an axis, once; the first index of each, its number for each index, and how often
    /// it is there.
    ///
    /// @param sorted whether they rise, instead of coming as they first appear
    /// @param axis the axis, or -1 for all elements in a row
    public static Value[] unique(Value value, boolean sorted, int axis) {
        Tensor x = Control.tensor(value);
        long[] sizes = axis < 0 ? new long[] {x.count()} : x.shape();
        int along = Math.max(axis, 0);
        int count = (int) sizes[along];
        int stride = Places.strides(sizes)[along];
        long[] one = sizes.clone();
        one[along] = 1;
        int[] slice = Places.of(one, Places.strides(sizes), 0);
        Order elements = order(x);
        Order slices = (a, b) -> compare(elements, slice, a * stride, b * stride);
        var ranked = new int[count];
        Arrays.setAll(ranked, i -> i);
        sort(ranked, slices);
        var firsts = new int[count];
        for (int i = 0; i < count; i++) {
            boolean repeats = i > 0 && slices.compare(ranked[i - 1], ranked[i]) == 0;
            firsts[ranked[i]] = repeats ? firsts[ranked[i - 1]] : ranked[i];
        }
        int[] indices = Arrays.stream(sorted ? ranked : range(count)).filter(i -> firsts[i] == i).toArray();
        var number = new int[count];
        for (int i = 0; i < indices.length; i++) {
            number[indices[i]] = i;
        }
        var inverse = new long[count];
        var counts = new long[indices.length];
        for (int i = 0; i < count; i++) {
            inverse[i] = number[firsts[i]];
            counts[number[firsts[i]]]++;
        }
        long[] all = Arrays.stream(indices).asLongStream().toArray();
        return new Value[] {picked(x, sizes, along, indices), longs(all), longs(inverse), longs(counts)};
    }

    private static int compare(Order order, int[] slice, int a, int b) {
        for (int place : slice) {
            int found = order.compare(place + a, place + b);
            if (found != 0) {
                return found;
            }
        }
        return 0;
    }

    private static int[] range(int count) {
        var range = new int[count];
        Arrays.setAll(range, i -> i);
        return range;
    }

    private static Tensor longs(long[] values) {
        return LongTensor.of(ElementKind.I64, values, values.length);
    }

    private static Tensor picked(Tensor x, long[] sizes, int axis, int[] indices) {
        long[] shape = sizes.clone();
        shape[axis] = indices.length;
        int[] strides = Places.strides(sizes);
        int stride = strides[axis];
        // Every place as if along the axis stood the first index only, then moved.
        strides[axis] = 0;
        int[] places = Places.of(shape, strides, 0);
        for (int i = 0; i < places.length; i++) {
            places[i] += indices[i / stride % indices.length] * stride;
        }
        return Elements.pick(x, places, shape);
    }
}
