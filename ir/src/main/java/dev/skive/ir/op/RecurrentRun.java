package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import java.util.Arrays;

/// Evaluates a recurrent operator, one sequence after the other.
public final class RecurrentRun {
    private static final double[] NONE = {};

    private final Recurrent op;
    private final Evaluation evaluation;
    private final int steps;
    private final int batch;
    private final int features;
    private final int units;

    RecurrentRun(Recurrent op, Evaluation evaluation) {
        this.op = op;
        this.evaluation = evaluation;
        Tensor x = evaluation.operand(0);
        this.steps = x.size(0);
        this.batch = x.size(1);
        this.features = x.size(2);
        this.units = evaluation.operand(2).size(0);
        requireSizes(1, features, width());
        requireSizes(2, units, width());
        requireSizes(3, width());
        requireSizes(Recurrent.LENGTHS, batch);
        requireSizes(Recurrent.INITIAL, batch, units);
    }

    private int width() {
        return op.gates() * units;
    }

    /// Checks the sizes of an operand, if it is given.
    void requireSizes(int operand, long... sizes) {
        evaluation
                .optional(operand)
                .ifPresent(tensor ->
                        Evaluation.check(
                                Arrays.equals(tensor.sizes(), sizes),
                                "operand %s must have sizes %s, found %s",
                                operand,
                                sizes,
                                tensor.sizes()));
    }

    ImmutableList<Tensor> results() {
        var result = new double[Strides.count(evaluation.sizes(0))];
        for (int sequence = 0; sequence < batch; sequence++) {
            run(sequence, result);
        }
        return evaluation.reals(result);
    }

    /// The elements of a rank-1 operand, zeros when it is absent.
    double[] vector(int operand, int length) {
        return evaluation.optional(operand).map(Tensor::reals).orElseGet(() -> new double[length]);
    }

    private double[] initial(int operand, int sequence) {
        int from = sequence * units;
        return Arrays.copyOfRange(vector(operand, batch * units), from, from + units);
    }

    private void run(int sequence, double[] result) {
        double[] hidden = initial(Recurrent.INITIAL, sequence);
        double[] cell = op.states() > 1 ? initial(Lstm.INITIAL_CELL, sequence) : NONE;
        int length = length(sequence);
        for (int i = 0; i < length; i++) {
            int at = op.reverse() ? length - 1 - i : i;
            op.step(this, input(at, sequence), hidden, cell);
            System.arraycopy(hidden, 0, result, (at * batch + sequence) * units, units);
        }
        if (length > 0) {
            System.arraycopy(hidden, 0, result, (steps * batch + sequence) * units, units);
        }
        if (length > 0 && op.states() > 1) {
            System.arraycopy(cell, 0, result, ((steps + 1) * batch + sequence) * units, units);
        }
    }

    private int length(int sequence) {
        long length = evaluation.optional(Recurrent.LENGTHS).map(all -> all.integers()[sequence]).orElse((long) steps);
        Evaluation.check(
                length >= 0 && length <= steps,
                "sequence %s has length %s, which is outside [0, %s]",
                sequence,
                length,
                steps);
        return (int) length;
    }

    private double[] input(int step, int sequence) {
        double[] sums = vector(3, width()).clone();
        addProduct(evaluation.reals(0), (step * batch + sequence) * features, evaluation.reals(1), sums);
        return sums;
    }

    /// The hidden state times its weights, gates side by side.
    double[] recurrent(double[] hidden) {
        var sums = new double[width()];
        addProduct(hidden, 0, evaluation.reals(2), sums);
        return sums;
    }

    private static void addProduct(double[] row, int from, double[] weights, double[] sums) {
        for (int k = 0; k < weights.length / Math.max(1, sums.length); k++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += row[from + k] * weights[k * sums.length + j];
            }
        }
    }

    /// An activation of a value that is clipped first.
    double activate(Activation activation, double x) {
        return activation.of(Math.min(Math.max(x, -op.clip()), op.clip()));
    }
}
