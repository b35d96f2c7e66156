package dev.skive.verify.quality;

/// Logarithms of probabilities from scores.
final class LogSoftmax {
    private LogSoftmax() {}

    /// The logarithm of `sum exp(x)` over a row; a score less this is the logarithm of its probability.
    static double normalizer(double[] scores, int from, int width) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + width; i++) {
            largest = Math.max(largest, scores[i]);
        }
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (int i = from; i < from + width; i++) {
            sum += Math.exp(scores[i] - largest);
        }
        return largest + Math.log(sum);
    }
}
