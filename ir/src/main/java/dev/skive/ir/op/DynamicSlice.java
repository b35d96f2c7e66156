package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A range of each axis, where data tells the ranges
///
/// Formula: along axis `axes[i]` of size `n` the elements `starts[i], starts[i] + steps[i], ...` before `ends[i]`. Bounds
/// below 0 count from the end, then they are cut off: at `[0, n]`; for a step below 0, starts at `[0, n - 1]` and ends at
/// `[-1, n - 1]`.
/// **Shapes**: any, `[n]`, `[n]`, `[n]`, `[n]` (starts, ends, axes, steps) -> `sizes`.
/// **Types**: all; integers for the others; axes may be left out, they are `0, 1, ...` then, and steps, which are 1 then.
/// **Numerics**: exact.
/// **Errors**: at run time, lists of different lengths, a step of 0, an axis that is not there, or twice.
/// **Source**: ONNX `Slice` whose bounds are no constants.
///
/// @param sizes the sizes of the result, symbols where only a run can tell
public record DynamicSlice(ImmutableList<Dim> sizes) implements Reshaping {
    private static final int AXES = 3;
    private static final int STEPS = 4;

    @Override
    public Arity arity() {
        return Arity.between(AXES, STEPS + 1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        for (int i = 1; i < operands.size(); i++) {
            if (operands.has(i)) {
                AxisNumbers.check(operands, i);
            }
        }
        TypeError.check(sizes.size() == operands.shape(0).rank(), "sizes %s for %s", sizes, operands.tensor(0));
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(sizes)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        long[] starts = evaluation.integers(1);
        long[] ends = evaluation.integers(2);
        long[] given =
                evaluation
                        .optional(AXES)
                        .map(Tensor::integers)
                        .orElseGet(() -> IntStream.range(0, starts.length).asLongStream().toArray());
        int[] axes = AxisNumbers.of(given, x.rank());
        long[] steps = evaluation.optional(STEPS).map(Tensor::integers).orElseGet(() -> ones(axes.length));
        Evaluation.check(
                starts.length == axes.length && ends.length == axes.length && steps.length == axes.length,
                "starts %s, ends %s, axes %s and steps %s differ in length",
                starts,
                ends,
                given,
                steps);
        int[] strides = Strides.of(x.sizes());
        int[] stepped = strides.clone();
        long[] counts = x.sizes();
        long first = 0;
        for (int i = 0; i < axes.length; i++) {
            Evaluation.check(steps[i] != 0, "the step along axis %s is 0", axes[i]);
            long size = x.size(axes[i]);
            boolean backwards = steps[i] < 0;
            long from = Math.min(bound(starts[i], size, 0), backwards ? size - 1 : size);
            long to = Math.min(bound(ends[i], size, backwards ? -1 : 0), backwards ? size - 1 : size);
            long distance = Math.max(0, backwards ? from - to : to - from);
            // Steps beyond the axis are as good as its size.
            long step = Math.clamp(steps[i], -size - 1, size + 1);
            counts[axes[i]] = Math.ceilDiv(distance, Math.abs(step));
            first += counts[axes[i]] == 0 ? 0 : from * strides[axes[i]];
            stepped[axes[i]] = (int) (step * strides[axes[i]]);
        }
        return ImmutableList.of(x.pick(Strides.offsets(counts, stepped, (int) first), counts));
    }

    private static long[] ones(int count) {
        var ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static long bound(long bound, long size, long least) {
        return Math.max(bound < 0 ? bound + size : bound, least);
    }
}
