package dev.skive.verify.quality;

import java.util.Arrays;
import java.util.Comparator;

/// Spearman's rank correlation: how well one list of numbers is a monotonic function of another, from -1 to 1.
public final class Spearman {
    private Spearman() {}

    /// The correlation of the ranks, equal numbers sharing the mean of their ranks; not a number when all of a list are
    /// equal.
    ///
    /// @param a a list
    /// @param b another of the same length
    public static double of(double[] a, double[] b) {
        double[] ranksA = ranks(a);
        double[] ranksB = ranks(b);
        double mean = (a.length + 1) / 2.0;
        double products = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            products += (ranksA[i] - mean) * (ranksB[i] - mean);
            squaresA += (ranksA[i] - mean) * (ranksA[i] - mean);
            squaresB += (ranksB[i] - mean) * (ranksB[i] - mean);
        }
        return products / Math.sqrt(squaresA * squaresB);
    }

    /// The place of each number in order, from 1.
    private static double[] ranks(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        var ranks = new double[values.length];
        int start = 0;
        while (start < order.length) {
            int end = start + 1;
            while (end < order.length && values[order[end]] == values[order[start]]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }
            start = end;
        }
        return ranks;
    }
}
