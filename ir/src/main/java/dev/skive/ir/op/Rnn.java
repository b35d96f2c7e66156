package dev.skive.ir.op;

import dev.skive.ir.type.Dim;

/// `h = f(x W + h R + b)` for one element of a sequence after the other
///
/// **Shapes**: `x [steps, batch, features]`, `w [features, units]`, `r [units, units]`, optional `bias [units]`,
/// `lengths [batch]`, first hidden state `[batch, units]` -> `[steps + 1, batch, units]`, see [Recurrent].
/// **Types**: one floating-point type; lengths are integers.
/// **Numerics**: sums in order of the weights' rows; steps from the length of a sequence on are 0, and so is the last
/// state of a sequence without elements.
/// **Errors**: sizes that do not fit each other; a length outside `[0, steps]`.
/// **Source**: ONNX `RNN`; Elman, "Finding Structure in Time".
///
/// @param reverse whether the last element of a sequence comes first
/// @param activation `f`
/// @param clip bound of what `f` is applied to, infinity for none
public record Rnn(boolean reverse, Activation activation, double clip) implements Recurrent {
    @Override
    public Arity arity() {
        return Arity.between(3, 6);
    }

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public int states() {
        return 1;
    }

    @Override
    public void inferRest(Operands operands, Dim units) {
        // There are no further operands.
    }

    @Override
    public void step(RecurrentRun run, double[] input, double[] hidden, double[] cell) {
        double[] sums = run.recurrent(hidden);
        for (int unit = 0; unit < hidden.length; unit++) {
            hidden[unit] = run.activate(activation, input[unit] + sums[unit]);
        }
    }
}
