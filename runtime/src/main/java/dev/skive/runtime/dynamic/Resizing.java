package dev.skive.runtime.dynamic;

import dev.skive.runtime.ElementKind;
import dev.skive.runtime.ResizeFilter;
import dev.skive.runtime.ResizePlaces;
import dev.skive.runtime.ResizePlaces.Rounding;
import dev.skive.runtime.ResizePlaces.Rule;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Axes resized to sizes, or by scales, that are data.
///
/// @param rule how places follow from samples
/// @param kernel which elements count for a sample
/// @param outside what stands outside a region that is cut out
/// @param proportions what sizes say about proportions: `STRETCH`, `NOT_LARGER` or `NOT_SMALLER`
/// @param axes the axes
@SuppressWarnings("ArrayRecordComponent")
public record Resizing(Rule rule, Kernel kernel, double outside, String proportions, int... axes) {
    /// Which elements count for a sample.
    ///
    /// @param rounding for the nearest one, how a place becomes an index; null for sums
    /// @param cubic whether sums are cubic, not linear
    /// @param coefficient the slope of the cubic at distance 1
    /// @param excludeOutside whether elements outside count nothing
    /// @param antialiased whether elements are spread as far as samples are apart
    public record Kernel(
            @Nullable Rounding rounding,
            boolean cubic,
            double coefficient,
            boolean excludeOutside,
            boolean antialiased) {}

    /// The resized tensor.
    ///
    /// @param region the region, or null
    /// @param scales the scales, or null when sizes are given
    /// @param sizes the sizes, or null when scales are given
    /// @throws IllegalArgumentException when lists or numbers do not fit
    public Tensor of(Value value, @Nullable Value region, @Nullable Value scales, @Nullable Value sizes) {
        Tensor x = Control.tensor(value);
        float[] factors = scales == null ? factors(x, integers(sizes)) : floats(scales);
        var places = new ResizePlaces[x.rank()];
        for (int i = 0; i < axes.length; i++) {
            long size = x.size(axes[i]);
            long count =
                    scales != null
                            ? (long) Math.floor(factors[i] * size)
                            : proportions.equals("STRETCH")
                                    ? integers(sizes)[i]
                                    : Math.round((double) (factors[i] * size));
            check(count >= 0 && factors[i] >= 0 && (scales == null || factors[i] > 0), x, scales, sizes);
            float start = region == null ? 0 : floats(region)[i];
            float end = region == null ? 1 : floats(region)[axes.length + i];
            places[axes[i]] = new ResizePlaces(rule, (int) size, Math.toIntExact(count), factors[i], start, end);
        }
        return resized(x, places);
    }

    private float[] factors(Tensor x, long[] sizes) {
        var factors = new float[sizes.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = sizes[i] / (float) x.size(axes[i]);
        }
        if (!proportions.equals("STRETCH")) {
            float shared = factors[0];
            for (float factor : factors) {
                shared = proportions.equals("NOT_LARGER") ? Math.min(shared, factor) : Math.max(shared, factor);
            }
            Arrays.fill(factors, shared);
        }
        return factors;
    }

    private long[] integers(@Nullable Value sizes) {
        long[] integers = sizes == null ? new long[0] : Elements.integers(Control.tensor(sizes));
        if (integers.length != axes.length) {
            throw new IllegalArgumentException("%s sizes for %s axes".formatted(integers.length, axes.length));
        }
        return integers;
    }

    private float[] floats(Value value) {
        double[] reals = Elements.reals(Control.tensor(value));
        if (reals.length % axes.length != 0) {
            throw new IllegalArgumentException("%s numbers for %s axes".formatted(reals.length, axes.length));
        }
        var floats = new float[reals.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) reals[i];
        }
        return floats;
    }

    private static void check(boolean holds, Tensor x, @Nullable Value scales, @Nullable Value sizes) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s cannot be resized by %s".formatted(x, scales == null ? sizes : scales));
        }
    }

    private Tensor resized(Tensor x, ResizePlaces[] places) {
        Tensor result = x;
        boolean real =
                switch (x.kind()) {
                    case F32, F64, F16, BF16 -> true;
                    default -> false;
                };
        double[] sums = kernel.rounding == null ? Elements.reals(x) : new double[0];
        long[] shape = x.shape();
        for (int axis = places.length - 1; axis >= 0; axis--) {
            ResizePlaces along = places[axis];
            boolean changes =
                    along != null && (rule == Rule.CROP || along.scale() != 1 || along.size() != along.count());
            if (!changes || along == null) {
                continue;
            }
            if (kernel.rounding == null) {
                sums = summed(sums, shape, axis, along);
                shape[axis] = along.count();
                sums = real ? Elements.reals(Elements.ofReals(x.kind(), sums, shape)) : sums;
            } else {
                int[] indices = new int[along.count()];
                Arrays.setAll(indices, i -> along.nearest(i, kernel.rounding));
                result = picked(result, axis, indices);
                shape[axis] = along.count();
            }
        }
        if (rule == Rule.CROP) {
            double[] all = kernel.rounding == null ? sums : Elements.reals(result);
            return stored(x.kind(), filled(all, shape, places), shape, real);
        }
        return kernel.rounding == null ? stored(x.kind(), sums, shape, real) : result;
    }

    private static Tensor picked(Tensor x, int axis, int[] indices) {
        long[] shape = x.shape();
        int[] strides = Places.strides(shape);
        int stride = strides[axis];
        shape[axis] = indices.length;
        strides[axis] = 0;
        int[] places = Places.of(shape, strides, 0);
        for (int i = 0; i < places.length; i++) {
            places[i] += indices[i / stride % indices.length] * stride;
        }
        return Elements.pick(x, places, shape);
    }

    private double[] summed(double[] elements, long[] shape, int axis, ResizePlaces places) {
        var filter =
                new ResizeFilter(places, kernel.cubic, kernel.coefficient, kernel.excludeOutside, kernel.antialiased);
        int reach = kernel.cubic ? 2 : 1;
        int taps =
                kernel.antialiased
                        ? 2 * (int) Math.ceil(reach * Math.max(1, 1 / (double) places.scale())) + 1
                        : 2 * reach;
        int inner = (int) Arrays.stream(shape, axis + 1, shape.length).reduce(1, (a, b) -> a * b);
        int outer = (int) Arrays.stream(shape, 0, axis).reduce(1, (a, b) -> a * b);
        var sums = new double[Math.toIntExact((long) outer * places.count() * inner)];
        var weights = new double[taps];
        for (int x = 0; x < places.count(); x++) {
            filter.store(x, weights, 0, taps);
            for (int i = 0; i < outer * inner; i++) {
                int from = i / inner * places.size() * inner + i % inner;
                double sum = 0;
                for (int t = 0; t < taps; t++) {
                    boolean counts = weights[t] != 0 || !kernel.antialiased;
                    sum += counts ? elements[from + filter.index(x, t) * inner] * weights[t] : 0;
                }
                sums[(i / inner * places.count() + x) * inner + i % inner] = sum;
            }
        }
        return sums;
    }

    private double[] filled(double[] elements, long[] shape, ResizePlaces[] places) {
        double[] filled = elements.clone();
        int[] strides = Places.strides(shape);
        for (int axis = 0; axis < places.length; axis++) {
            for (int i = 0; places[axis] != null && i < filled.length; i++) {
                if (places[axis].isOutside((int) (i / strides[axis] % shape[axis]))) {
                    filled[i] = outside;
                }
            }
        }
        return filled;
    }

    private Tensor stored(ElementKind kind, double[] elements, long[] shape, boolean real) {
        if (real) {
            return Elements.ofReals(kind, elements, shape);
        }
        boolean unsigned = kind.text().startsWith("u") || kind == ElementKind.BOOL;
        double beyond = Math.scalb(1.0, unsigned ? kind.bits() : kind.bits() - 1);
        double most = Math.min(beyond - 1, Math.nextDown(beyond));
        var integers = new long[elements.length];
        for (int i = 0; i < integers.length; i++) {
            double rounded = kernel.antialiased ? Math.floor(elements[i] + 0.5) : elements[i];
            double cut = Math.clamp(rounded, unsigned ? 0 : -beyond, most);
            integers[i] = cut >= 0x1p63 ? (long) (cut - 0x1p63) + Long.MIN_VALUE : (long) cut;
        }
        return Elements.ofIntegers(kind, integers, shape);
    }
}
