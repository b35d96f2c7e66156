package dev.skive.verify.quality;

import java.util.Locale;
import java.util.Optional;

/// A figure of merit that can be named on the command line.
public enum MetricKind {
    /// [MeanCosine].
    COSINE(true),
    /// [RelativeL2].
    RELATIVE_L2(false),
    /// [TopOverlap] of the single largest element.
    TOP_1(true),
    /// [TopOverlap] of the five largest elements.
    TOP_5(true),
    /// [KullbackLeibler].
    KL(false),
    /// [Perplexity].
    PERPLEXITY(false),
    /// [PairScore].
    SPEARMAN(true);

    private static final int FEW = 5;

    private final boolean higherIsBetter;

    MetricKind(boolean higherIsBetter) {
        this.higherIsBetter = higherIsBetter;
    }

    /// Whether larger figures are better.
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /// The metric, if it compares the outputs of two models; the others say something of one model.
    public Optional<OutputMetric> comparison() {
        return switch (this) {
            case COSINE -> Optional.of(new MeanCosine());
            case RELATIVE_L2 -> Optional.of(new RelativeL2());
            case TOP_1 -> Optional.of(new TopOverlap(1));
            case TOP_5 -> Optional.of(new TopOverlap(FEW));
            case KL -> Optional.of(new KullbackLeibler());
            case PERPLEXITY, SPEARMAN -> Optional.empty();
        };
    }

    /// As on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
