package dev.skive.verify.quality;

import dev.skive.ir.eval.Tensor;

/// The mean over all rows of the divergence `sum p (log p - log q)` of the distributions that the rows, taken as scores,
/// stand for: `p` of the original, `q` of the changed model. In nats; 0 is best.
public final class KullbackLeibler implements OutputMetric {
    private double sum;
    private long rows;

    @Override
    public void add(Tensor reference, Tensor found) {
        Rows both = Rows.of(reference, found);
        for (int row = 0; row < both.count(); row++) {
            sum += divergence(both, row * both.width());
        }
        rows += both.count();
    }

    private static double divergence(Rows both, int from) {
        double allP = LogSoftmax.normalizer(both.reference(), from, both.width());
        double allQ = LogSoftmax.normalizer(both.found(), from, both.width());
        double divergence = 0;
        for (int i = from; i < from + both.width(); i++) {
            double logP = both.reference()[i] - allP;
            double p = Math.exp(logP);
            if (p > 0) {
                divergence += p * (logP - (both.found()[i] - allQ));
            }
        }
        return divergence;
    }

    @Override
    public double value() {
        return sum / rows;
    }
}
