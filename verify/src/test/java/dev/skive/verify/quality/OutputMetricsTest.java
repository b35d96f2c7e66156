package dev.skive.verify.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutputMetricsTest {
    private static final Offset<Double> ROUNDING = within(1e-12);

    private static Tensor row(double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, values, 1, values.length);
    }

    private static Tensor rows(int width, double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, values, values.length / width, width);
    }

    @ParameterizedTest
    @EnumSource
    void isBestForEqualOutputsAndUndefinedForNone(MetricKind kind) {
        kind.comparison()
                .ifPresent(metric -> {
                    assertThat(metric.value()).isNaN();
                    metric.add(rows(3, 1, 2, 4, -1, 0, 3), rows(3, 1, 2, 4, -1, 0, 3));
                    assertThat(metric.value()).isCloseTo(kind.higherIsBetter() ? 1 : 0, ROUNDING);
                });
    }

    @Test
    void meanCosineIsTheMeanOverRowsOfAllSamples() {
        var metric = new MeanCosine();
        metric.add(rows(2, 1, 0, 1, 0), rows(2, 0, 1, 2, 0));
        metric.add(row(3, 0), row(-1, 0));

        assertThat(metric.value()).isCloseTo((0 + 1 - 1) / 3.0, ROUNDING);
    }

    @Test
    void relativeL2IsTakenOverAllSamplesTogether() {
        var metric = new RelativeL2();
        metric.add(row(3, 0), row(3, 1));
        metric.add(row(0, 4), row(2, 4));

        assertThat(metric.value()).isCloseTo(Math.sqrt(1 + 4) / 5, ROUNDING);
    }

    @Test
    void topOverlapCountsWhatBothHaveAmongTheLargest() {
        var metric = new TopOverlap(2);
        metric.add(row(9, 8, 1, 0), row(9, 0, 1, 8));
        metric.add(row(1, 2, 3, 4), row(0, 0, 5, 6));

        assertThat(metric.value()).isCloseTo((0.5 + 1) / 2, ROUNDING);
    }

    @Test
    void topOverlapPrefersTheFirstOfEquals() {
        var metric = new TopOverlap(1);
        metric.add(row(5, 5), row(5, 4));

        assertThat(metric.value()).isEqualTo(1);
    }

    @Test
    void divergenceIsThatOfTheDistributions() {
        var metric = new KullbackLeibler();
        metric.add(row(Math.log(3), 0), row(0, 0));

        double expected = 0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5);
        assertThat(metric.value()).isCloseTo(expected, ROUNDING);
    }

    @Test
    void divergenceTakesScoresOfImpossibleTokens() {
        var metric = new KullbackLeibler();
        metric.add(row(0, Double.NEGATIVE_INFINITY), row(0, 0));

        assertThat(metric.value()).isCloseTo(Math.log(2), ROUNDING);
    }

    @Test
    void perplexityOfEvenScoresIsTheSizeOfTheVocabulary() {
        var metric = new Perplexity();
        metric.add(ids(0, 3, 1), Tensor.zeros(ElementType.FLOAT32, 1, 3, 4));

        assertThat(metric.value()).isCloseTo(4, ROUNDING);
    }

    @Test
    void perplexityReadsTheScoresOfThePositionBefore() {
        var metric = new Perplexity();
        double sure = Math.log(9);
        metric.add(ids(1, 0), Tensor.ofReals(ElementType.FLOAT32, new double[] {sure, 0, 7, 7}, 1, 2, 2));

        assertThat(metric.value()).isCloseTo(10 / 9.0, ROUNDING);
    }

    @Test
    void perplexityRefusesOutputsThatAreNoScores() {
        assertThatThrownBy(() -> new Perplexity().add(ids(0, 1), row(1, 2)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("[1, 2, vocabulary]");
    }

    private static Tensor ids(long... ids) {
        return Tensor.ofIntegers(ElementType.INT64, ids, 1, ids.length);
    }

    @Test
    void refusesOutputsOfDifferentShapes() {
        assertThatThrownBy(() -> new MeanCosine().add(row(1, 2), row(1)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("cannot be compared");
    }
}
