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

/// The operand with elements put before and after it along each axis
///
/// **Shapes**: `[d0, d1, ...]` -> `[before0 + d0 + after0, ...]`; operand 1, rank 0, only in mode `CONSTANT`.
/// **Types**: all.
/// **Numerics**: exact. `EDGE` repeats the outermost element, `REFLECT` mirrors at it without repeating it, `WRAP` goes on
/// at the other end; the last two go on as often as needed.
/// **Errors**: negative numbers of elements (the importer slices for these); at run time, an empty axis that is to be
/// padded from its own elements.
/// **Source**: ONNX `Pad`.
///
/// @param before elements put before, per axis
/// @param after elements put after, per axis
/// @param mode what they are
public record Pad(ImmutableList<Dim> before, ImmutableList<Dim> after, Mode mode) implements DataMovement {
    /// What is put around the operand.
    public enum Mode {
        CONSTANT,
        EDGE,
        REFLECT,
        WRAP;

        /// The index of the element that stands at `index`, which may be outside `[0, size)`.
        long source(long index, long size) {
            return switch (this) {
                case CONSTANT -> index;
                case EDGE -> Math.clamp(index, 0, size - 1);
                case REFLECT -> reflected(index, size);
                case WRAP -> Math.floorMod(index, size);
            };
        }

        private static long reflected(long index, long size) {
            if (size == 1) {
                return 0;
            }
            long within = Math.floorMod(index, 2 * size - 2);
            return within < size ? within : 2 * size - 2 - within;
        }
    }

    @Override
    public Arity arity() {
        return Arity.exactly(mode == Mode.CONSTANT ? 2 : 1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape shape = operands.shape(0);
        TypeError.check(
                before.size() == shape.rank() && after.size() == shape.rank(),
                "before %s and after %s must have one entry per axis of %s",
                before,
                after,
                shape);
        var dims = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean negative = isNegative(before.get(axis)) || isNegative(after.get(axis));
            TypeError.check(!negative, "axis %s has negative pads: before %s, after %s", axis, before, after);
            dims.add(before.get(axis).plus(shape.dim(axis)).plus(after.get(axis)));
        }
        if (mode == Mode.CONSTANT) {
            operands.sameElementFrom(0);
            operands.requireRank(1, 0);
        }
        return ImmutableList.of(operands.tensor(0).withShape(new Shape(dims.build())));
    }

    private static boolean isNegative(Dim dim) {
        return dim.isKnown() && dim.known() < 0;
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        long[] sizes = evaluation.sizes(0);
        Tensor line = line(evaluation);
        int[] strides = Strides.of(operand.sizes());
        int[] at = Strides.of(sizes);
        var picked = new int[Strides.count(sizes)];
        for (int i = 0; i < picked.length; i++) {
            for (int axis = 0; axis < sizes.length && picked[i] >= 0; axis++) {
                long size = operand.size(axis);
                long index = i / at[axis] % sizes[axis] - evaluation.size(before.get(axis));
                Evaluation.check(
                        size > 0 || mode == Mode.CONSTANT, "axis %s of %s has no elements", axis, operand.sizes());
                long source = mode.source(index, size);
                picked[i] = source < 0 || source >= size ? -1 : (int) (picked[i] + source * strides[axis]);
            }
        }
        int outside = operand.count();
        int[] indexes = Arrays.stream(picked).map(index -> index < 0 ? outside : index).toArray();
        return ImmutableList.of(line.pick(indexes, sizes));
    }

    /// All elements in a row, and behind them the one that is put around.
    private Tensor line(Evaluation evaluation) {
        Tensor operand = evaluation.operand(0);
        return mode == Mode.CONSTANT
                ? Concat.join(0, operand.reshape(operand.count()), evaluation.operand(1).reshape(1))
                : operand.reshape(operand.count());
    }
}
