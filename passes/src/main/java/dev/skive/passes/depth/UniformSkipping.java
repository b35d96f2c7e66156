package dev.skive.passes.depth;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Which layers unified layer skipping leaves out.
final class UniformSkipping {
    private UniformSkipping() {}

    /// The layers left out: the first and the last stay, and of the others every so manieth, from the first on, until
    /// enough stay.
    ///
    /// @param layers how many there are
    /// @param count how many to leave out; of fewer than two that stay the first stays
    static ImmutableSortedSet<Integer> dropped(int layers, int count) {
        int kept = layers - count;
        var stay = new TreeSet<Integer>();
        stay.add(0);
        if (kept > 1) {
            stay.add(layers - 1);
        }
        int interval = Math.max(1, layers / Math.max(1, kept - 1));
        for (int layer = 1; layer < layers - 1 && stay.size() < kept; layer++) {
            if (layer % interval == 0) {
                stay.add(layer);
            }
        }
        for (int layer = layers - 2; layer > 0 && stay.size() < kept; layer--) {
            stay.add(layer);
        }
        return IntStream.range(0, layers)
                .boxed()
                .filter(layer -> !stay.contains(layer))
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }
}
