package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The best boxes of each class, without those that overlap a better one
///
/// Formula: for each batch and class, boxes from the highest score down (of equal ones the first), those with a score above
/// `scoreThreshold`; one is taken unless the share of its intersection in its union with one taken before is above
/// `overlapThreshold`; until `most` are taken.
/// **Shapes**: `[batch, boxes, 4]`, `[batch, classes, boxes]`, three of one element (most, overlap threshold, score
/// threshold) -> `[count, 3]`: batch, class, box.
/// **Types**: `f32`, `f32`, `i64`, `f32`, `f32` -> `i64`. Each of the last three may be left out: nothing is taken, 0, no
/// threshold.
/// **Numerics**: areas in float32, which decides about boxes at the threshold.
/// **Errors**: sizes that do not fit.
/// **Source**: ONNX `NonMaxSuppression`.
///
/// @param centered whether a box is its middle, width and height (`x, y, w, h`) instead of two corners (`y, x, y, x`)
/// @param count the symbol for how many are taken
public record NonMaxSuppression(boolean centered, Dim count) implements Search {
    private static final int MOST = 2;
    private static final int OVERLAP = 3;
    private static final int SCORE = 4;
    private static final int SIDES = 4;

    @Override
    public Arity arity() {
        return Arity.between(2, SCORE + 1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape boxes = operands.requireRank(0, 3);
        Shape scores = operands.requireRank(1, 3);
        TypeError.check(
                operands.element(0) == ElementType.FLOAT32 && operands.element(1) == ElementType.FLOAT32,
                "boxes and scores must be f32, found %s and %s",
                operands.tensor(0),
                operands.tensor(1));
        TypeError.check(
                !boxes.dim(2).differsFrom(Dim.of(SIDES))
                        && !boxes.dim(0).differsFrom(scores.dim(0))
                        && !boxes.dim(1).differsFrom(scores.dim(2)),
                "boxes %s and scores %s do not fit",
                boxes,
                scores);
        return ImmutableList.of(new TensorType(ElementType.INT64, Shape.of(count, Dim.of(3))));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor boxes = evaluation.operand(0);
        Tensor scores = evaluation.operand(1);
        Evaluation.check(
                boxes.size(2) == SIDES && boxes.size(0) == scores.size(0) && boxes.size(1) == scores.size(2),
                "boxes %s and scores %s do not fit",
                boxes.sizes(),
                scores.sizes());
        var taken = new ArrayList<long[]>();
        for (int batch = 0; batch < scores.size(0); batch++) {
            for (int kind = 0; kind < scores.size(1); kind++) {
                take(evaluation, batch, kind, taken);
            }
        }
        long[] all = taken.stream().flatMapToLong(Arrays::stream).toArray();
        return ImmutableList.of(Tensor.ofIntegers(ElementType.INT64, all, taken.size(), 3));
    }

    private void take(Evaluation evaluation, int batch, int kind, List<long[]> taken) {
        Tensor scores = evaluation.operand(1);
        long most = evaluation.optional(MOST).map(tensor -> tensor.integers()[0]).orElse(0L);
        double overlap = evaluation.optional(OVERLAP).map(tensor -> tensor.reals()[0]).orElse(0.0);
        double least = evaluation.optional(SCORE).map(tensor -> tensor.reals()[0]).orElse(Double.NEGATIVE_INFINITY);
        int count = scores.size(2);
        int first = (batch * scores.size(1) + kind) * count;
        List<Integer> candidates =
                IntStream.range(0, count)
                        .filter(box -> evaluation.optional(SCORE).isEmpty() || scores.reals()[first + box] > least)
                        .boxed()
                        .sorted(Comparator.comparingDouble(box -> -scores.reals()[first + box]))
                        .toList();
        var chosen = new ArrayList<Integer>();
        for (int box : candidates) {
            if (chosen.size() >= most) {
                break;
            }
            boolean isFree =
                    chosen.stream()
                            .noneMatch(other ->
                                    share(evaluation.operand(0), batch * count + box, batch * count + other) > overlap);
            if (isFree) {
                chosen.add(box);
                taken.add(new long[] {batch, kind, box});
            }
        }
    }

    /// The intersection of two boxes as a share of their union; 0 when one has no area.
    private float share(Tensor boxes, int a, int b) {
        float[] one = corners(boxes, a);
        float[] other = corners(boxes, b);
        float height = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
        float width = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
        float areaOne = (one[2] - one[0]) * (one[3] - one[1]);
        float areaOther = (other[2] - other[0]) * (other[3] - other[1]);
        float common = Math.max(height, 0) * Math.max(width, 0);
        return areaOne <= 0 || areaOther <= 0 || common <= 0 ? 0 : common / (areaOne + areaOther - common);
    }

    /// Smallest and largest coordinates of a box.
    private float[] corners(Tensor boxes, int box) {
        var side = new float[SIDES];
        for (int i = 0; i < SIDES; i++) {
            side[i] = (float) boxes.reals()[box * SIDES + i];
        }
        if (centered) {
            float halfWidth = side[2] / 2;
            float halfHeight = side[3] / 2;
            return new float[] {side[0] - halfWidth, side[1] - halfHeight, side[0] + halfWidth, side[1] + halfHeight};
        }
        return new float[] {
            Math.min(side[0], side[2]), Math.min(side[1], side[3]),
            Math.max(side[0], side[2]), Math.max(side[1], side[3])
        };
    }
}
