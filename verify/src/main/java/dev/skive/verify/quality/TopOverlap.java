package dev.skive.verify.quality;

import dev.skive.ir.eval.Tensor;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/// The mean over all rows of the share of the largest elements, so many of them, that both outputs have at the same
/// places; 1 is best. Of equal elements the first counts as larger.
public final class TopOverlap implements OutputMetric {
    private final int most;
    private double sum;
    private long rows;

    /// @param most how many elements of a row are looked at; all of them when it has fewer
    public TopOverlap(int most) {
        this.most = most;
    }

    @Override
    public void add(Tensor reference, Tensor found) {
        Rows both = Rows.of(reference, found);
        int looked = Math.min(most, both.width());
        for (int row = 0; row < both.count(); row++) {
            Set<Integer> common = largest(both.reference(), row * both.width(), both.width(), looked);
            common.retainAll(largest(both.found(), row * both.width(), both.width(), looked));
            sum += (double) common.size() / looked;
        }
        rows += both.count();
    }

    private static Set<Integer> largest(double[] values, int from, int width, int count) {
        Comparator<Integer> bySize = Comparator.comparingDouble(i -> values[from + i]);
        var kept = new PriorityQueue<>(bySize.thenComparing(Comparator.<Integer>reverseOrder()));
        for (int i = 0; i < width; i++) {
            kept.add(i);
            if (kept.size() > count) {
                kept.remove();
            }
        }
        return new HashSet<>(kept);
    }

    @Override
    public double value() {
        return sum / rows;
    }
}
