package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.op.Activation;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Lstm;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Rnn;
import java.util.Arrays;
import java.util.Optional;

/// How far the result of a recurrent operator may be off: one number for all elements, from the greatest magnitudes and
/// the Lipschitz constants of the activations, step by step.
final class RecurrentBound {
    /// Roundings of one activation and the products around it, in units.
    private static final double FORMULA = 32;

    private final Evaluation evaluation;
    private final ImmutableList<Optional<Tensor>> errors;
    private final Recurrent op;
    private final double unit;
    private final double hidden;
    private final double inputSum;
    private final double hiddenColumn;
    private final double inputError;
    private final int terms;
    private double cell;
    private double hiddenError;
    private double cellError;

    RecurrentBound(Evaluation evaluation, ImmutableList<Optional<Tensor>> errors, Tensor exact, Recurrent op) {
        this.evaluation = evaluation;
        this.errors = errors;
        this.op = op;
        this.unit = ErrorBound.unit(exact.element());
        Tensor w = evaluation.operand(1);
        this.terms = w.size(0) + evaluation.operand(2).size(0);
        this.hidden = Math.max(1, greatest(exact) + greatest(Recurrent.INITIAL));
        double x = greatest(0) + error(0);
        double bias = greatest(3);
        this.inputSum = x * column(w) + bias;
        this.hiddenColumn = column(evaluation.operand(2));
        this.inputError = error(0) * column(w) + x * w.size(0) * error(1) + error(3);
        this.cell = greatest(Lstm.INITIAL_CELL);
        this.hiddenError = error(Recurrent.INITIAL);
        this.cellError = error(Lstm.INITIAL_CELL);
    }

    /// The bound.
    double error() {
        for (int step = 0; step < evaluation.operand(0).size(0); step++) {
            switch (op) {
                case Gru gru -> step(gru);
                case Lstm lstm -> step(lstm);
                case Rnn rnn -> hiddenError = activated(rnn.activation(), sumError());
            }
        }
        return Math.max(hiddenError, cellError);
    }

    /// The greatest sum of a gate.
    private double sum() {
        return inputSum + hidden * hiddenColumn + greatest(6);
    }

    /// The error of a gate's sum.
    private double sumError() {
        double moved = hiddenError * hiddenColumn + hidden * (terms + 1) * error(2);
        return inputError + moved + (terms + FORMULA) * unit * sum();
    }

    private double activated(Activation activation, double sumError) {
        return slope(activation) * sumError + FORMULA * unit * value(activation);
    }

    private double value(Activation activation) {
        return Math.max(1, Math.abs(activation.of(0)) + slope(activation) * sum());
    }

    private static double slope(Activation activation) {
        double alpha = Math.abs(activation.alpha());
        return switch (activation.kind()) {
            case AFFINE, HARD_SIGMOID -> alpha;
            case ELU, LEAKY_RELU -> Math.max(1, alpha);
            case SCALED_TANH -> alpha * Math.abs(activation.beta());
            case RELU, SIGMOID, SOFTPLUS, SOFTSIGN, TANH, THRESHOLDED_RELU -> 1;
        };
    }

    private void step(Gru gru) {
        double gate = value(gru.gate());
        double gateError = activated(gru.gate(), sumError());
        double product = gate * sumError() + sum() * gateError;
        double kept = (gate * hiddenError + hidden * gateError) * hiddenColumn;
        double fresh = value(gru.candidate()) * (1 + gate);
        double freshError = activated(gru.candidate(), sumError() + product + kept + error(Gru.HIDDEN_BIAS));
        hiddenError =
                (1 + gate) * freshError
                        + gateError * (fresh + hidden)
                        + gate * hiddenError
                        + FORMULA * unit * gate * (fresh + hidden);
    }

    private void step(Lstm lstm) {
        double peephole = greatest(Lstm.PEEPHOLES);
        double gate = value(lstm.gate()) + slope(lstm.gate()) * peephole * cell + 1;
        double fresh = value(lstm.candidate());
        double gateError = gateError(lstm, peephole);
        double freshError = activated(lstm.candidate(), sumError());
        double next = gate * (cell + fresh);
        double nextError = gate * (cellError + freshError) + gateError * (cell + fresh) + FORMULA * unit * next;
        cell = next;
        cellError = nextError;
        double state = Math.abs(lstm.output().of(0)) + slope(lstm.output()) * cell;
        double stateError = slope(lstm.output()) * cellError + FORMULA * unit * Math.max(1, state);
        hiddenError = gate * stateError + state * gateError(lstm, peephole) + FORMULA * unit * gate * state;
    }

    private double gateError(Lstm lstm, double peephole) {
        double peeped = peephole * cellError + cell * error(Lstm.PEEPHOLES) + FORMULA * unit * peephole * cell;
        return activated(lstm.gate(), sumError() + peeped);
    }

    private static double column(Tensor weights) {
        int columns = weights.size(1);
        var sums = new double[Math.max(1, columns)];
        for (int i = 0; i < weights.count(); i++) {
            sums[i % columns] += Math.abs(weights.reals()[i]);
        }
        return Arrays.stream(sums).max().orElse(0);
    }

    private double greatest(int operand) {
        return evaluation.optional(operand).map(RecurrentBound::greatest).orElse(0.0);
    }

    private double error(int operand) {
        return operand < errors.size() ? errors.get(operand).map(RecurrentBound::greatest).orElse(0.0) : 0;
    }

    private static double greatest(Tensor tensor) {
        return Arrays.stream(tensor.reals()).map(Math::abs).max().orElse(0);
    }
}
