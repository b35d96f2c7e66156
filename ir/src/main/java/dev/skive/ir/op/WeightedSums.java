package dev.skive.ir.op;

import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;

/// The weighted sums of a resized axis.
///
/// @param filter how much elements count
/// @param places where the samples lie
record WeightedSums(ResizeFilter filter, ResizePlaces places) {
    /// The operand with the axis resized.
    Tensor apply(Tensor operand) {
        long[] sizes = places.resized(operand.sizes());
        int inner = places.inner(sizes);
        var sums = new double[Strides.count(sizes)];
        for (int i = 0; i < sums.length; i++) {
            int x = i / inner % places.count();
            int start = i / inner / places.count() * places.size() * inner + i % inner;
            sums[i] = sum(operand.reals(), start, inner, x);
        }
        return Tensor.ofReals(operand.element(), sums, sizes);
    }

    private double sum(double[] elements, int start, int inner, int x) {
        int first = first(x);
        double total = 0;
        for (int t = 0; t < taps(); t++) {
            total += weight(x, first + t);
        }
        boolean normalized = isNormalized() && total != 0;
        double sum = 0;
        for (int t = 0; t < taps(); t++) {
            int index = Math.clamp(first + t, 0, places.size() - 1);
            double weight = weight(x, first + t);
            boolean counts = weight != 0 || !filter.isAntialiased();
            sum += counts ? elements[start + index * inner] * (normalized ? weight / total : weight) : 0;
        }
        return sum;
    }

    private boolean isNormalized() {
        return filter.isAntialiased() || (filter instanceof ResizeFilter.Cubic(_, boolean without, _) && without);
    }

    /// How far an element spreads along the axis of the operand.
    private double spread() {
        return filter.isAntialiased() ? Math.max(1, 1 / (double) places.scale()) : 1;
    }

    private double support() {
        return (filter instanceof ResizeFilter.Cubic ? 2 : 1) * spread();
    }

    private int taps() {
        return filter.isAntialiased() ? 2 * (int) Math.ceil(support()) + 1 : 2 * (int) support();
    }

    /// The index of the first element that may count, perhaps outside.
    private int first(int x) {
        float place = places.original(x);
        if (filter.isAntialiased()) {
            return (int) Math.floor(place - support() + 1);
        }
        return filter instanceof ResizeFilter.Linear
                ? (int) Math.clamp(place, 0, places.size() - 1f)
                : (int) Math.floor(place) - 1;
    }

    private double weight(int x, int index) {
        boolean outside = index < 0 || index >= places.size();
        double place = places.original(x);
        return switch (filter) {
            case ResizeFilter.Linear(boolean without, boolean spread) ->
                    spread ? (outside && without ? 0 : tent((index - place) / spread())) : between(place, index);
            case ResizeFilter.Cubic(double a, boolean without, boolean spread) ->
                    outside && without ? 0 : cubic(a, Math.abs((index - place) / spread()));
            case ResizeFilter.Nearest nearest -> throw new AssertionError("not a sum: " + nearest);
        };
    }

    /// Between the last element and itself both halves count the same.
    private double between(double place, int index) {
        double within = Math.clamp(place, 0, places.size() - 1f);
        return (int) within == places.size() - 1 ? 0.5 : tent(index - within);
    }

    private static double tent(double distance) {
        return Math.max(0, 1 - Math.abs(distance));
    }

    static double cubic(double a, double x) {
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? ((x - 5) * x + 8) * x * a - 4 * a : 0;
    }

    /// Sums as elements: integers are cut towards zero and kept within the type.
    static Tensor stored(ElementType element, double[] sums, long[] sizes) {
        if (element.isReal()) {
            return Tensor.ofReals(element, sums, sizes);
        }
        double least = Resize.leastOf(element);
        double most = Resize.mostOf(element);
        long[] cut =
                Arrays.stream(sums)
                        .map(sum -> Math.clamp(sum, least, most))
                        .mapToLong(sum -> sum < 0x1p63 ? (long) sum : (long) (sum - 0x1p64))
                        .toArray();
        return Tensor.ofIntegers(element, cut, sizes);
    }
}
