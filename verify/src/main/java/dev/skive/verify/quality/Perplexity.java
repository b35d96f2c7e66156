package dev.skive.verify.quality;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;

/// How surprised a decoder is by text: the exponential of the mean of `-log p` of every token but the first of each sample,
/// given those before it. 1 is best.
public final class Perplexity {
    private double nats;
    private long tokens;

    /// Takes a sample.
    ///
    /// @param ids `[1, tokens]`
    /// @param scores `[1, tokens, vocabulary]`: those at a position are for the token after it
    /// @throws SkiveException when the shapes are others
    public void add(Tensor ids, Tensor scores) {
        if (scores.rank() != 3 || scores.size(0) != 1 || scores.size(1) != ids.count()) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "perplexity needs scores for every token of a sequence, [1, %d, vocabulary]; the output is %s"
                            .formatted(ids.count(), scores.type()));
        }
        int width = scores.size(2);
        for (int i = 0; i + 1 < ids.count(); i++) {
            long next = ids.integers()[i + 1];
            if (next < 0 || next >= width) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "token %d is not among the %d the model gives scores for".formatted(next, width));
            }
            nats += LogSoftmax.normalizer(scores.reals(), i * width, width) - scores.reals()[i * width + (int) next];
            tokens++;
        }
    }

    /// The perplexity over all samples so far; not a number when there was no token to predict.
    public double value() {
        return Math.exp(nats / tokens);
    }
}
