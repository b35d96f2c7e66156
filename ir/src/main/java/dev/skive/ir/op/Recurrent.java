package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// Operators that go through sequences step by step, in one direction. Operands: 0 the sequences `x`, 1 and 2 the
/// weights `w` of `x` and `r` of the hidden state, gates side by side; optional 3 a bias of all gates, 4 the length of
/// each sequence, 5 the first hidden state; others as the operator says. The result holds, one after the other along
/// its first axis, the hidden state after every step, the last hidden state, and the last cell state if there is one:
/// what ONNX names `Y`, `Y_h` and `Y_c`, which are slices of it.
public sealed interface Recurrent extends Op permits Gru, Lstm, Rnn {
    /// Operand with the lengths of the sequences.
    int LENGTHS = 4;

    /// Operand with the first hidden state.
    int INITIAL = 5;

    /// True when the last element of a sequence comes first.
    boolean reverse();

    /// The bound of what activations are applied to, infinity for none.
    double clip();

    /// How many gates a unit has.
    int gates();

    /// How many states a unit has.
    int states();

    /// The next states of one sequence, in place.
    ///
    /// @param step the operands, seen from one sequence
    /// @param input the weighted input with its bias, gates side by side
    /// @param hidden the hidden state
    /// @param cell the cell state, where there is one
    void step(RecurrentRun step, double[] input, double[] hidden, double[] cell);

    @Override
    default ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        Shape x = operands.requireRank(0, 3);
        Dim units = operands.requireRank(2, 2).dim(0);
        Dim width = units.times(gates());
        TypeError.check(clip() >= 0, "the bound %s of activations is negative", clip());
        requireShape(operands, 1, x.last(), width);
        requireShape(operands, 2, units, width);
        requireShape(operands, 3, width);
        if (operands.has(LENGTHS)) {
            operands.requireInteger(LENGTHS);
            requireSizes(operands, LENGTHS, x.dim(1));
        }
        requireShape(operands, INITIAL, x.dim(1), units);
        inferRest(operands, units);
        return ImmutableList.of(operands.tensor(0).withShape(Shape.of(x.dim(0).plus(states()), x.dim(1), units)));
    }

    /// Checks the operands after the first hidden state.
    void inferRest(Operands operands, Dim units);

    /// Checks the element type and the sizes of an operand, if it is given.
    static void requireShape(Operands operands, int index, Dim... sizes) {
        if (operands.has(index)) {
            TypeError.check(
                    operands.element(index) == operands.element(0),
                    "operands 0 and %s must have one element type, found %s and %s",
                    index,
                    operands.element(0),
                    operands.element(index));
            requireSizes(operands, index, sizes);
        }
    }

    private static void requireSizes(Operands operands, int index, Dim... sizes) {
        Shape found = operands.requireRank(index, sizes.length);
        for (int axis = 0; axis < sizes.length; axis++) {
            TypeError.check(
                    !found.dim(axis).differsFrom(sizes[axis]),
                    "operand %s must have shape %s, found %s",
                    index,
                    Shape.of(sizes),
                    found);
        }
    }

    @Override
    default ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        return new RecurrentRun(this, evaluation).results();
    }
}
