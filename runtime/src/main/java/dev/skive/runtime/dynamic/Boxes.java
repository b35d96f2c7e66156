package dev.skive.runtime.dynamic;

import dev.skive.runtime.ElementKind;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Boxes in images.
public final class Boxes {
    private static final int SIDES = 4;

    private final float[] corners;
    private final double[] scores;
    private final long[] sizes;

    /// Boxes `[batch, boxes, 4]` and how good they are for each class, `[batch, classes, boxes]`.
    ///
    /// @param centered whether a box is its middle, width and height, instead of two corners
    /// @throws IllegalArgumentException when sizes do not fit
    public Boxes(Value boxes, Value scores, boolean centered) {
        this.sizes = Control.tensor(scores).shape();
        this.scores = Elements.reals(Control.tensor(scores));
        if (!Arrays.equals(Control.tensor(boxes).shape(), new long[] {sizes[0], sizes[2], SIDES})) {
            throw new IllegalArgumentException("boxes %s and scores %s do not fit".formatted(boxes, scores));
        }
        double[] sides = Elements.reals(Control.tensor(boxes));
        corners = new float[sides.length];
        for (int box = 0; box < sides.length; box += SIDES) {
            for (int i = 0; i < 2; i++) {
                float a = (float) sides[box + i];
                float b = (float) sides[box + 2 + i];
                corners[box + i] = centered ? a - b / 2 : Math.min(a, b);
                corners[box + 2 + i] = centered ? a + b / 2 : Math.max(a, b);
            }
        }
    }

    /// The best boxes of each class without those that overlap a better one, as rows of batch, class and box.
    ///
    /// @param most how many of a class at most, or null for none
    /// @param overlap the largest share of an intersection in a union, or null for 0
    /// @param least the score that one must be above, or null for any
    public Tensor best(@Nullable Value most, @Nullable Value overlap, @Nullable Value least) {
        long limit = most == null ? 0 : Elements.integers(Control.tensor(most))[0];
        double share = number(overlap, 0);
        double score = number(least, Double.NEGATIVE_INFINITY);
        int count = (int) sizes[2];
        var rows = new ArrayList<long[]>();
        for (int i = 0; i < sizes[0] * sizes[1]; i++) {
            int first = i * count;
            int[] candidates =
                    IntStream.range(0, count)
                            .filter(box -> least == null || scores[first + box] > score)
                            .boxed()
                            .sorted((a, b) -> Double.compare(scores[first + b] + 0.0, scores[first + a] + 0.0))
                            .mapToInt(Integer::intValue)
                            .toArray();
            int batch = i / (int) sizes[1];
            for (int box : take(candidates, batch * count, limit, share)) {
                rows.add(new long[] {batch, i % sizes[1], box});
            }
        }
        return LongTensor.of(ElementKind.I64, rows.stream().flatMapToLong(Arrays::stream).toArray(), rows.size(), 3);
    }

    private static double number(@Nullable Value value, double otherwise) {
        return value == null ? otherwise : Elements.reals(Control.tensor(value))[0];
    }

    /// The candidates, best first, that overlap none taken before.
    private int[] take(int[] candidates, int first, long limit, double share) {
        var taken = new int[candidates.length];
        int count = 0;
        for (int box : candidates) {
            if (count >= limit) {
                break;
            }
            boolean isFree = true;
            for (int i = 0; isFree && i < count; i++) {
                isFree = share(first + box, first + taken[i]) <= share;
            }
            if (isFree) {
                taken[count++] = box;
            }
        }
        return Arrays.copyOf(taken, count);
    }

    /// The intersection of two boxes as a share of their union; 0 when one has no area.
    private float share(int a, int b) {
        float common = Math.max(0, common(a, b, 0)) * Math.max(0, common(a, b, 1));
        float areaA = common(a, a, 0) * common(a, a, 1);
        float areaB = common(b, b, 0) * common(b, b, 1);
        return areaA <= 0 || areaB <= 0 || common <= 0 ? 0 : common / (areaA + areaB - common);
    }

    /// How long two boxes are together along one side.
    private float common(int a, int b, int side) {
        int i = a * SIDES + side;
        int j = b * SIDES + side;
        return Math.min(corners[i + 2], corners[j + 2]) - Math.max(corners[i], corners[j]);
    }
}
