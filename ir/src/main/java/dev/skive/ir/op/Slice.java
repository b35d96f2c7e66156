package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Optional;

/// Along each axis `sizes` elements from `starts` on, `steps` apart
///
/// **Shapes**: any -> `sizes`.
/// **Types**: all.
/// **Numerics**: exact.
/// **Errors**: lists whose length is not the rank; a step of 0; a range that is known to leave the operand.
/// **Source**: ONNX `Slice` and `Split`, whose ends the importer resolves and clamps.
///
/// @param starts first index per axis, counted from the front
/// @param sizes number of elements per axis
/// @param steps distance between elements per axis, negative to go backwards
public record Slice(ImmutableList<Dim> starts, ImmutableList<Dim> sizes, ImmutableList<Long> steps)
        implements DataMovement, ShapeArithmetic {
    /// A slice of consecutive elements along one axis; the other axes are kept whole.
    public static Slice along(Shape shape, int axis, Dim start, Dim size) {
        var starts = ImmutableList.<Dim>builder();
        var steps = ImmutableList.<Long>builder();
        for (int i = 0; i < shape.rank(); i++) {
            starts.add(i == axis ? start : Dim.ZERO);
            steps.add(1L);
        }
        return new Slice(starts.build(), shape.with(axis, size).dims(), steps.build());
    }

    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape shape = operands.shape(0);
        TypeError.check(
                starts.size() == shape.rank() && sizes.size() == shape.rank() && steps.size() == shape.rank(),
                "starts %s, sizes %s and steps %s must have one entry per axis of %s",
                starts,
                sizes,
                steps,
                shape);
        for (int axis = 0; axis < shape.rank(); axis++) {
            TypeError.check(steps.get(axis) != 0, "the step along axis %s is 0", axis);
            Dim first = starts.get(axis);
            Dim last = first.plus(sizes.get(axis).plus(-1).times(steps.get(axis)));
            boolean empty = sizes.get(axis).is(0);
            TypeError.check(
                    empty || (inside(first, shape.dim(axis)) && inside(last, shape.dim(axis))),
                    "elements %s to %s leave axis %s of %s",
                    first,
                    last,
                    axis,
                    shape);
        }
        return ImmutableList.of(operands.tensor(0).withShape(new Shape(sizes)));
    }

    private static boolean inside(Dim index, Dim size) {
        boolean negative = index.isKnown() && index.known() < 0;
        var beyond = index.minus(size).ifKnown();
        return !negative && (beyond.isEmpty() || beyond.getAsLong() < 0);
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        int[] strides = Strides.of(operand.sizes());
        var stepped = new int[strides.length];
        int start = 0;
        long[] counts = evaluation.sizes(0);
        for (int axis = 0; axis < strides.length; axis++) {
            long first = evaluation.size(starts.get(axis));
            long last = first + (counts[axis] - 1) * steps.get(axis);
            boolean inside = Math.min(first, last) >= 0 && Math.max(first, last) < operand.size(axis);
            Evaluation.check(
                    counts[axis] == 0 || inside,
                    "elements %s to %s leave axis %s of %s",
                    first,
                    last,
                    axis,
                    operand.sizes());
            start += (int) first * strides[axis];
            stepped[axis] = (int) (strides[axis] * steps.get(axis));
        }
        return ImmutableList.of(operand.pick(Strides.offsets(counts, stepped, start), counts));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        if (starts.size() != 1 || !starts.getFirst().isKnown() || !sizes.getFirst().isKnown()) {
            return Optional.empty();
        }
        long start = starts.getFirst().known();
        long count = sizes.getFirst().known();
        return operands.contents(0)
                .map(all -> {
                    var picked = ImmutableList.<Dim>builder();
                    for (long i = 0; i < count; i++) {
                        picked.add(all.get((int) (start + i * steps.getFirst())));
                    }
                    return picked.build();
                });
    }
}
