package dev.skive.verify.quality;

import dev.skive.ir.eval.Tensor;
import dev.skive.passes.calibration.Similarity;

/// The mean over all rows, that is positions, of the cosine of the angle between the rows of both outputs; 1 is best.
public final class MeanCosine implements OutputMetric {
    private double sum;
    private long rows;

    @Override
    public void add(Tensor reference, Tensor found) {
        Rows both = Rows.of(reference, found);
        for (int row = 0; row < both.count(); row++) {
            sum += Similarity.cosine(both.reference(), both.found(), row * both.width(), both.width());
        }
        rows += both.count();
    }

    @Override
    public double value() {
        return sum / rows;
    }
}
