package dev.skive.verify.quality;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import java.util.Arrays;

/// Two tensors of the same shape, row by row along the last axis.
final class Rows {
    private final double[] reference;
    private final double[] found;
    private final int width;

    private Rows(double[] reference, double[] found, int width) {
        this.reference = reference;
        this.found = found;
        this.width = width;
    }

    /// @throws SkiveException when the shapes differ, or have no axis
    static Rows of(Tensor reference, Tensor found) {
        if (!Arrays.equals(reference.sizes(), found.sizes()) || reference.rank() == 0) {
            throw new SkiveException(
                    ExitCode.CHECK_FAILED,
                    "outputs of %s and %s cannot be compared row by row".formatted(reference.type(), found.type()));
        }
        return new Rows(reference.reals(), found.reals(), reference.size(reference.rank() - 1));
    }

    int count() {
        return width == 0 ? 0 : reference.length / width;
    }

    /// The elements of one.
    double[] reference() {
        return reference;
    }

    /// The elements of the other.
    double[] found() {
        return found;
    }

    /// Elements of a row.
    int width() {
        return width;
    }
}
