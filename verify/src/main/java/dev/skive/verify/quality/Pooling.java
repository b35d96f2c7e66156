package dev.skive.verify.quality;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import java.util.Arrays;

/// How an encoder's output becomes one vector for a sentence.
public enum Pooling {
    /// The mean over all tokens.
    MEAN,
    /// The first token.
    CLS;

    /// The vector of an output `[1, tokens, width]`, or of one that is a vector already, `[1, width]`.
    ///
    /// @throws SkiveException when the shape is another
    public double[] pool(Tensor output) {
        int rank = output.rank();
        if (rank < 2 || rank > 3 || output.size(0) != 1 || output.count() == 0) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "expected an output [1, tokens, width] or [1, width] for a sentence, found " + output.type());
        }
        int width = output.size(rank - 1);
        if (rank == 2 || this == CLS) {
            return Arrays.copyOf(output.reals(), width);
        }
        var mean = new double[width];
        int tokens = output.count() / width;
        for (int i = 0; i < output.count(); i++) {
            mean[i % width] += output.reals()[i] / tokens;
        }
        return mean;
    }
}
