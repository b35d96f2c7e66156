package dev.skive.runtime;

/// How much the elements around the samples of a resized axis count.
///
/// @param places where the samples lie
/// @param cubic whether cubic convolution weighs elements, else distance does
/// @param coefficient the slope of cubic convolution at distance 1
/// @param excludeOutside whether what lies outside the axis counts nothing; else the element at the border stands for it
/// @param antialiased whether elements are spread as far as samples are apart
public record ResizeFilter(
        ResizePlaces places, boolean cubic, double coefficient, boolean excludeOutside, boolean antialiased) {
    /// The element that weight `t` of sample `x` is for.
    public int index(int x, int t) {
        return Math.clamp((long) first(x) + t, 0, places.size() - 1);
    }

    /// Stores the weights of sample `x`.
    public void store(int x, float[] weights, int at, int taps) {
        double total = total(x, taps);
        for (int t = 0; t < taps; t++) {
            weights[at + t] = (float) (weight(x, first(x) + t) / total);
        }
    }

    /// Stores the weights of sample `x`.
    public void store(int x, double[] weights, int at, int taps) {
        double total = total(x, taps);
        for (int t = 0; t < taps; t++) {
            weights[at + t] = weight(x, first(x) + t) / total;
        }
    }

    /// What weights are divided by.
    private double total(int x, int taps) {
        boolean normalized = antialiased || (cubic && excludeOutside);
        double total = 0;
        for (int t = 0; t < taps && normalized; t++) {
            total += weight(x, first(x) + t);
        }
        return total == 0 ? 1 : total;
    }

    private double spread() {
        return antialiased ? Math.max(1, 1 / (double) places.scale()) : 1;
    }

    private int first(int x) {
        float place = places.place(x);
        if (antialiased) {
            return (int) Math.floor(place - (cubic ? 2 : 1) * spread() + 1);
        }
        return cubic ? (int) Math.floor(place) - 1 : (int) Math.clamp(place, 0, places.size() - 1f);
    }

    private double weight(int x, int index) {
        if (excludeOutside && (index < 0 || index >= places.size())) {
            return 0;
        }
        double place = places.place(x);
        if (cubic) {
            return convolution(Math.abs((index - place) / spread()));
        }
        return antialiased ? tent((index - place) / spread()) : between(place, index);
    }

    /// Between the last element and itself both halves count the same.
    private double between(double place, int index) {
        double within = Math.clamp(place, 0, places.size() - 1f);
        return (int) within == places.size() - 1 ? 0.5 : tent(index - within);
    }

    private static double tent(double distance) {
        return Math.max(0, 1 - Math.abs(distance));
    }

    private double convolution(double x) {
        if (x < 1) {
            return ((coefficient + 2) * x - (coefficient + 3)) * x * x + 1;
        }
        return x < 2 ? ((x - 5) * x + 8) * x * coefficient - 4 * coefficient : 0;
    }
}
