package dev.skive.ir.op;

import dev.skive.ir.type.Dim;

/// `i = f(xW + hR + p c + b)`, `j = f(xW + hR + p c + b)`, `n = g(xW + hR + b)`, `c' = j c + i n`,
/// `o = f(xW + hR + p c' + b)`, `h = o k(c')`
///
/// Each gate has its part of `W`, `R` and `b`, in the order i, o, j, n, and of the peepholes `p`, in the order i, o, j.
/// With `inputForget` the forget gate is `j = 1 - i`.
///
/// **Shapes**: `x [steps, batch, features]`, `w [features, 4*units]`, `r [units, 4*units]`, optional `bias [4*units]`,
/// `lengths [batch]`, first hidden and first cell state `[batch, units]`, peepholes `[3*units]` ->
/// `[steps + 2, batch, units]`, see [Recurrent].
/// **Types**: one floating-point type; lengths are integers.
/// **Numerics**: sums in order of the weights' rows; steps from the length of a sequence on are 0, and so are the last
/// states of a sequence without elements.
/// **Errors**: sizes that do not fit each other; a length outside `[0, steps]`.
/// **Source**: ONNX `LSTM`; Gers and Schmidhuber, "Recurrent Nets that Time and Count".
///
/// @param reverse whether the last element of a sequence comes first
/// @param gate `f`
/// @param candidate `g`
/// @param output `k`
/// @param clip bound of what `f` and `g` are applied to, infinity for none
/// @param inputForget whether input and forget gate are coupled
public record Lstm(
        boolean reverse, Activation gate, Activation candidate, Activation output, double clip, boolean inputForget)
        implements Recurrent {
    /// Operand with the first cell state.
    public static final int INITIAL_CELL = 6;

    /// Operand with the weights of the cell state.
    public static final int PEEPHOLES = 7;

    @Override
    public Arity arity() {
        return Arity.between(3, 8);
    }

    @Override
    public int gates() {
        return 4;
    }

    @Override
    public int states() {
        return 2;
    }

    @Override
    public void inferRest(Operands operands, Dim units) {
        Recurrent.requireShape(operands, INITIAL_CELL, operands.shape(0).dim(1), units);
        Recurrent.requireShape(operands, PEEPHOLES, units.times(3));
    }

    @Override
    public void step(RecurrentRun run, double[] input, double[] hidden, double[] cell) {
        int units = hidden.length;
        run.requireSizes(PEEPHOLES, 3L * units);
        double[] peepholes = run.vector(PEEPHOLES, 3 * units);
        double[] sums = run.recurrent(hidden);
        for (int j = 0; j < sums.length; j++) {
            sums[j] += input[j];
        }
        for (int unit = 0; unit < units; unit++) {
            double in = run.activate(gate, sums[unit] + peepholes[unit] * cell[unit]);
            double forget =
                    inputForget
                            ? 1 - in
                            : run.activate(gate, sums[2 * units + unit] + peepholes[2 * units + unit] * cell[unit]);
            cell[unit] = forget * cell[unit] + in * run.activate(candidate, sums[3 * units + unit]);
            double out = run.activate(gate, sums[units + unit] + peepholes[units + unit] * cell[unit]);
            hidden[unit] = out * output.of(cell[unit]);
        }
    }
}
