package dev.skive.ir.op;

import dev.skive.ir.eval.Evaluation;
import java.util.Arrays;

/// Axes that are data of a run.
final class AxisNumbers {
    private AxisNumbers() {}

    /// Axes counted from the front, in the order given.
    ///
    /// @throws dev.skive.ir.SkiveException when one is outside the rank or there twice
    static int[] of(long[] axes, int rank) {
        var counted = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            Evaluation.check(axes[i] >= -rank && axes[i] < rank, "axis %s is outside rank %s", axes[i], rank);
            counted[i] = (int) (axes[i] < 0 ? axes[i] + rank : axes[i]);
        }
        Evaluation.check(
                Arrays.stream(counted).distinct().count() == axes.length, "axes %s of rank %s repeat", axes, rank);
        return counted;
    }

    /// For each axis, whether it is among those given.
    static boolean[] chosen(long[] axes, int rank) {
        var chosen = new boolean[rank];
        for (int axis : of(axes, rank)) {
            chosen[axis] = true;
        }
        return chosen;
    }

    /// Checks the type of an operand that tells axes, sizes or bounds.
    static void check(Operands operands, int index) {
        operands.requireInteger(index);
        dev.skive.ir.type.TypeError.check(
                operands.shape(index).rank() <= 1,
                "operand %s must be a number or a list, found %s",
                index,
                operands.tensor(index));
    }
}
