package dev.skive.verify.quality;

import dev.skive.ir.eval.Tensor;

/// The norm of the differences over all samples by the norm of the reference; 0 is best.
public final class RelativeL2 implements OutputMetric {
    private double differences;
    private double references;

    @Override
    public void add(Tensor reference, Tensor found) {
        Rows both = Rows.of(reference, found);
        for (int i = 0; i < both.reference().length; i++) {
            double difference = both.found()[i] - both.reference()[i];
            differences += difference * difference;
            references += both.reference()[i] * both.reference()[i];
        }
    }

    @Override
    public double value() {
        return Math.sqrt(differences / references);
    }
}
