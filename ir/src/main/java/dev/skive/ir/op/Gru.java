package dev.skive.ir.op;

import dev.skive.ir.type.Dim;

/// `z = f(xW + hR + b)`, `r = f(xW + hR + b)`, `n = g(xW + (r h) R + b)`, `h = (1 - z) n + z h`
///
/// Each gate has its part of `W`, `R` and `b`, in the order z, r, n. With `linearBeforeReset` the candidate is
/// `n = g(xW + r (hR + c) + b)`, where `c` is the hidden bias.
///
/// **Shapes**: `x [steps, batch, features]`, `w [features, 3*units]`, `r [units, 3*units]`, optional `bias [3*units]`,
/// `lengths [batch]`, first hidden state `[batch, units]`, hidden bias `[units]` -> `[steps + 1, batch, units]`, see
/// [Recurrent].
/// **Types**: one floating-point type; lengths are integers.
/// **Numerics**: sums in order of the weights' rows; steps from the length of a sequence on are 0, and so is the last
/// state of a sequence without elements.
/// **Errors**: sizes that do not fit each other; a hidden bias without `linearBeforeReset`; a length outside
/// `[0, steps]`.
/// **Source**: ONNX `GRU`; Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", section 2.3.
///
/// @param reverse whether the last element of a sequence comes first
/// @param gate `f`
/// @param candidate `g`
/// @param clip bound of what activations are applied to, infinity for none
/// @param linearBeforeReset whether the reset gate is applied to the product instead of the state
public record Gru(boolean reverse, Activation gate, Activation candidate, double clip, boolean linearBeforeReset)
        implements Recurrent {
    /// Operand with the bias of the candidate's product with the hidden state.
    public static final int HIDDEN_BIAS = 6;

    @Override
    public Arity arity() {
        return Arity.between(3, linearBeforeReset ? 7 : 6);
    }

    @Override
    public int gates() {
        return 3;
    }

    @Override
    public int states() {
        return 1;
    }

    @Override
    public void inferRest(Operands operands, Dim units) {
        Recurrent.requireShape(operands, HIDDEN_BIAS, units);
    }

    @Override
    public void step(RecurrentRun run, double[] input, double[] hidden, double[] cell) {
        int units = hidden.length;
        run.requireSizes(HIDDEN_BIAS, units);
        double[] sums = run.recurrent(hidden);
        double[] hiddenBias = run.vector(HIDDEN_BIAS, units);
        var update = new double[units];
        var reset = new double[units];
        for (int unit = 0; unit < units; unit++) {
            update[unit] = run.activate(gate, input[unit] + sums[unit]);
            reset[unit] = run.activate(gate, input[units + unit] + sums[units + unit]);
        }
        var products = new double[units];
        var kept = new double[units];
        for (int unit = 0; unit < units; unit++) {
            kept[unit] = reset[unit] * hidden[unit];
            products[unit] = reset[unit] * (sums[2 * units + unit] + hiddenBias[unit]);
        }
        if (!linearBeforeReset) {
            System.arraycopy(run.recurrent(kept), 2 * units, products, 0, units);
        }
        for (int unit = 0; unit < units; unit++) {
            double next = run.activate(candidate, input[2 * units + unit] + products[unit]);
            hidden[unit] = (1 - update[unit]) * next + update[unit] * hidden[unit];
        }
    }
}
