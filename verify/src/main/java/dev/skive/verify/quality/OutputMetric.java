package dev.skive.verify.quality;

import dev.skive.ir.eval.Tensor;

/// How near the outputs of a changed model are to those of the original, gathered sample by sample.
public interface OutputMetric {
    /// Takes the outputs of both models for a sample, of the same shape.
    void add(Tensor reference, Tensor found);

    /// The figure over all samples so far; not a number when there was none.
    double value();
}
